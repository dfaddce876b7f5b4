using System.Globalization;
using System.Text.RegularExpressions;
using Gwctl.Core;
using Gwctl.Verification.Router;

namespace Gwctl.Conformance.Tests.Reading;

/// <summary>Reads lines about what RouteTest has no words for.</summary>
internal static partial class TrafficLines
{
    /// <summary><c>refused: [gateway=ns/name] [port=number] [sni=name] url</c>; an empty sni sends none.</summary>
    public static ExpectedRefusal Refusal(ExpectationLine line)
    {
        var words = line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var keys = Keys(line, words[..^1], "gateway", "port", "sni");
        var request = Request.ForUrl(words[^1]) ?? throw line.Wrong("does not end in a URL");
        if (keys.TryGetValue("port", out var port))
        {
            request = request with { Port = int.Parse(port) };
        }

        if (keys.TryGetValue("sni", out var sni))
        {
            request = request with { Sni = sni is "" ? null : sni };
        }

        return new ExpectedRefusal(line.Number, Gateway(line, keys), request);
    }

    /// <summary><c>stream: tcp|udp|tls port [sni=name] [gateway=ns/name] -> ns/service:port (percent%)</c>, or
    /// <c>-> refused</c>.</summary>
    public static ExpectedStream Stream(ExpectationLine line)
    {
        var (from, target, percent) = Arrow(line);
        if (from is not [var transport, var port, .. var rest])
        {
            throw line.Wrong("does not say where the connection comes in");
        }

        var keys = Keys(line, rest, "gateway", "sni");
        return new ExpectedStream(
            line.Number, Gateway(line, keys), Enum.Parse<Transport>(transport, ignoreCase: true), int.Parse(port),
            keys.GetValueOrDefault("sni"), target is "refused" ? null : target, (int)percent);
    }

    /// <summary><c>backend-tls: ns/service:port hostname [san=name …]</c>, or <c>none</c> for plain text.</summary>
    public static ExpectedBackendTls BackendTls(ExpectationLine line)
    {
        const string Name = "san=";
        return line.Text.Split(' ') switch
        {
            [var id, "none"] => new ExpectedBackendTls(line.Number, id, null, []),
            [var id, var host, .. var names] when Array.TrueForAll(names, IsName) =>
                new ExpectedBackendTls(line.Number, id, host, [.. names.Select(name => name[Name.Length..])]),
            _ => throw line.Wrong("does not say how a backend is reached"),
        };

        static bool IsName(string word) => word.StartsWith(Name, StringComparison.Ordinal);
    }

    /// <summary><c>share: url -> ns/service:port (percent%)</c>, or <c>-> status</c>.</summary>
    public static ExpectedShare Share(ExpectationLine line)
    {
        var (from, target, percent) = Arrow(line);
        return from is [var url] && Request.ForUrl(url) is { } request
            ? new ExpectedShare(line.Number, request, target, (int)percent)
            : throw line.Wrong("does not start with a URL");
    }

    /// <summary><c>response: case Header: value</c>, or <c>response: case no Header</c>.</summary>
    public static ExpectedResponse Response(ExpectationLine line)
    {
        var words = line.Text.Split(' ', 3);
        return words switch
        {
            [var name, "no", var header] => new ExpectedResponse(line.Number, name, header, null),
            [var name, var header, var value] when header.EndsWith(':') =>
                new ExpectedResponse(line.Number, name, header[..^1], value),
            _ => throw line.Wrong("does not say a header"),
        };
    }

    /// <summary><c>mirror: case -> ns/service:port (percent%)</c>, or <c>-> nothing</c>.</summary>
    public static ExpectedMirror Mirror(ExpectationLine line)
    {
        var (from, target, percent) = Arrow(line);
        return from is [var name]
            ? new ExpectedMirror(line.Number, name, target is "nothing" ? null : target, percent)
            : throw line.Wrong("does not name one case");
    }

    private static (string[] From, string Target, double Percent) Arrow(ExpectationLine line)
    {
        var match = ArrowPattern().Match(line.Text);
        if (!match.Success)
        {
            throw line.Wrong("has no arrow to a target");
        }

        var percent = match.Groups["percent"] is { Success: true } group
            ? double.Parse(group.Value, CultureInfo.InvariantCulture)
            : 100;
        return (match.Groups["from"].Value.Split(' '), match.Groups["target"].Value, percent);
    }

    private static ObjectName? Gateway(ExpectationLine line, Dictionary<string, string> keys) =>
        keys.TryGetValue("gateway", out var name) ? line.NameOf(name) : null;

    private static Dictionary<string, string> Keys(ExpectationLine line, string[] words, params string[] known)
    {
        var keys = words.Select(word => word.Split('=', 2)).ToDictionary(
            pair => pair[0],
            pair => pair is [_, var value] ? value : throw line.Wrong($"has {pair[0]} without a value"),
            StringComparer.Ordinal);
        return keys.Keys.FirstOrDefault(key => !known.Contains(key)) is { } other
            ? throw line.Wrong($"has {other}=, which means nothing")
            : keys;
    }

    [GeneratedRegex(@"^(?<from>.+?) -> (?<target>\S+)(?: \((?<percent>[0-9.]+)%\))?$")]
    private static partial Regex ArrowPattern();
}
