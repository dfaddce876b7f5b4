using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Gwctl.Sandbox.DataPlane.Rules;

/// <summary>One condition of a rule, ready to be asked. Its values are alternatives.</summary>
internal abstract class Condition
{
    public abstract bool Holds(RequestFacts request);
}

/// <summary>Comparison strings and regular expressions over one text.</summary>
/// <remarks>A regular expression may match anywhere in the text: AWS's own examples anchor theirs.</remarks>
internal sealed class TextTest(GlobPattern[] globs, Regex[] regexes)
{
    public bool Matches(ReadOnlySpan<char> text)
    {
        foreach (var glob in globs)
        {
            if (glob.Matches(text))
            {
                return true;
            }
        }

        foreach (var regex in regexes)
        {
            if (regex.IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class HostCondition(TextTest test) : Condition
{
    public override bool Holds(RequestFacts request) => test.Matches(request.Host);
}

internal sealed class PathCondition(TextTest test) : Condition
{
    public override bool Holds(RequestFacts request) => test.Matches(request.Path);
}

/// <summary>Where the header occurs more than once, one occurrence that matches is enough.</summary>
internal sealed class HeaderCondition(string name, TextTest test) : Condition
{
    public override bool Holds(RequestFacts request)
    {
        if (!request.Headers.TryGetValue(name, out var values))
        {
            return false;
        }

        return values.Count is 1 ? test.Matches(values[0]) : AnyOf(values);
    }

    private bool AnyOf(StringValues values)
    {
        foreach (var value in values)
        {
            if (test.Matches(value))
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class MethodCondition(string[] methods) : Condition
{
    public override bool Holds(RequestFacts request) => Array.IndexOf(methods, request.Method) >= 0;
}

/// <summary>Each pair of the query is held against each value. Pairs are compared as they were sent: that AWS decodes
/// them is documented nowhere.</summary>
internal sealed class QueryCondition((GlobPattern? Key, GlobPattern Value)[] pairs) : Condition
{
    public override bool Holds(RequestFacts request)
    {
        var rest = request.Query.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = pair.IndexOf('=');
            var key = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? default : pair[(equals + 1)..];
            foreach (var (wantedKey, wantedValue) in pairs)
            {
                if ((wantedKey is null || wantedKey.Matches(key)) && wantedValue.Matches(value))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>The address of the connection; X-Forwarded-For has no say.</summary>
internal sealed class SourceCondition(IPNetwork[] networks) : Condition
{
    public override bool Holds(RequestFacts request)
    {
        var source = request.Source.IsIPv4MappedToIPv6 ? request.Source.MapToIPv4() : request.Source;
        foreach (var network in networks)
        {
            if (network.Contains(source))
            {
                return true;
            }
        }

        return false;
    }
}
