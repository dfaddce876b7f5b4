using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Verification.Comparison;

/// <summary>Compares headers by their combined values. A load balancer adds headers of its own: what neither the client
/// nor a filter names is not looked at.</summary>
internal static class HeaderComparison
{
    private const string Nothing = "(none)";
    private const string Any = "*";

    /// <summary>Headers that belong to one connection and end with it (RFC 9110 7.6.1), and Host.</summary>
    private static readonly HashSet<string> s_hopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "host",
    };

    /// <summary>The combined value, without spaces after the commas; null where there is none.</summary>
    public static string? ValueOf(IEnumerable<HeaderField>? headers, string name)
    {
        var values = (headers ?? [])
            .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .SelectMany(header => header.Value.Split(','))
            .Select(value => value.Trim())
            .ToList();
        return values.Count is 0 ? null : string.Join(',', values);
    }

    /// <summary>What the client sent and what filters made of it, against what the backend saw.</summary>
    public static IEnumerable<Difference> CompareSeen(
        EquatableList<HeaderField> sent, EquatableList<HeaderField> expected, EquatableList<HeaderField> seen) =>
        sent.Concat(expected)
            .Select(header => header.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !s_hopByHop.Contains(name))
            .Select(name => (Name: name, Expected: ValueOf(expected, name), Seen: ValueOf(seen, name)))
            .Where(found => found.Expected != found.Seen)
            .Select(found => new Difference(
                $"header {found.Name}", found.Expected ?? Nothing, found.Seen ?? Nothing));

    /// <summary>What filters set, add and remove, against the response. What the backend sent is not known, so an added
    /// value need only be among those that arrive.</summary>
    public static IEnumerable<Difference> CompareEdits(
        EquatableList<HeaderEditSpec> edits, EquatableList<HeaderField>? headers)
    {
        if (headers is null)
        {
            yield break;
        }

        // Of edits of one header the last decides.
        var wanted = new Dictionary<string, (string? Value, bool Exactly)>(StringComparer.OrdinalIgnoreCase);
        foreach (var edit in edits)
        {
            foreach (var header in edit.Set)
            {
                wanted[header.Name] = (header.Value, true);
            }

            foreach (var header in edit.Add)
            {
                wanted[header.Name] = (header.Value, false);
            }

            foreach (var name in edit.Remove)
            {
                wanted[name] = (null, true);
            }
        }

        foreach (var (name, (value, exactly)) in wanted)
        {
            var expected = value is null ? null : ValueOf([new HeaderField(name, value)], name);
            var actual = ValueOf(headers, name);
            var isRight = exactly
                ? expected == actual
                : $",{actual},".Contains($",{expected},", StringComparison.Ordinal);
            if (!isRight)
            {
                yield return new Difference($"response header {name}", expected ?? Nothing, actual ?? Nothing);
            }
        }
    }

    /// <summary>CORS headers; where <c>*</c> is expected an echo of what the request asked for is as good.</summary>
    public static IEnumerable<Difference> CompareCors(
        Request request, EquatableList<HeaderField> expected, EquatableList<HeaderField>? headers)
    {
        if (headers is null)
        {
            yield break;
        }

        foreach (var header in expected)
        {
            var wanted = ValueOf([header], header.Name) ?? "";
            var actual = ValueOf(headers, header.Name);
            var echo = wanted is Any ? ValueOf(request.Headers, AskedBy(header.Name)) : null;
            if (actual != wanted && (echo is null || actual != echo))
            {
                yield return new Difference($"response header {header.Name}", wanted, actual ?? Nothing);
            }
        }
    }

    /// <summary>The request header that a CORS response header answers; empty where there is none.</summary>
    private static string AskedBy(string name) => name switch
    {
        "Access-Control-Allow-Origin" => "Origin",
        "Access-Control-Allow-Methods" => "Access-Control-Request-Method",
        "Access-Control-Allow-Headers" => "Access-Control-Request-Headers",
        _ => "",
    };
}
