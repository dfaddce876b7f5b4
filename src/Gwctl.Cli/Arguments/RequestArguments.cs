using System.CommandLine;
using Gwctl.Verification.Router;

namespace Gwctl.Cli.Arguments;

/// <summary><c>[METHOD] URL</c> and what goes with it, as curl has it.</summary>
public sealed class RequestArguments
{
    private const int PortMax = 65_535;

    public Argument<string[]> Words { get; } = new("request")
    {
        HelpName = "[METHOD] URL",
        Description = "The request, as GET https://api.example.com/v2/x; the method is GET unless given.",
        Arity = new ArgumentArity(1, 2),
    };

    public Option<string[]> Header { get; } = new("--header", "-H")
    {
        Description = "A header, as 'x-api-version: beta'; repeatable.",
        HelpName = "'NAME: VALUE'",
    };

    public Option<int?> Port { get; } = new("--port")
    {
        Description = "The listener's port, where the URL's is not the one that is connected to.",
        HelpName = "N",
        CustomParser = result => CommonOptions.Number(result, 1, PortMax),
    };

    public Option<string?> Sni { get; } = new("--sni")
    {
        Description = "The server name of the TLS client hello; the URL's host unless given, '' for none.",
        HelpName = "NAME",
    };

    public Option<string?> Source { get; } = new("--source-address")
    {
        Description = "The client's address.",
        HelpName = "IP",
    };

    public OptionGroup Group => new("Request", [Header, Port, Sni, Source]);

    /// <summary>The request; null with the reason where the words make none.</summary>
    public (Request? Request, string Problem) Read(ParseResult result)
    {
        var words = result.GetValue(Words) ?? [];
        var url = words is [.., var last] ? last : "";
        var method = words.Length > 1 ? words[0] : "GET";
        if (Verification.Router.Request.ForUrl(url) is not { } request)
        {
            return (null, $"'{url}' is no URL of http or https");
        }

        if (method.Length is 0 || !method.All(static letter => char.IsAsciiLetter(letter) || letter is '-' or '_'))
        {
            return (null, $"'{method}' is no request method");
        }

        var headers = new List<HeaderField>();
        foreach (var text in result.GetValue(Header) ?? [])
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || text.AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                return (null, $"'{text}' is no header; write it as 'x-api-version: beta'");
            }

            headers.Add(new HeaderField(text[..colon].Trim(), text[(colon + 1)..].Trim()));
        }

        return (Complete(request with { Method = method }, headers, result), "");
    }

    private Request Complete(Request request, List<HeaderField> headers, ParseResult result)
    {
        // As curl does: a Host header takes the place of the URL's host, not of the connection's server name.
        var host = headers.FindLast(header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase));
        var sni = result.GetValue(Sni);
        return request with
        {
            Host = host.Name is null ? request.Host : host.Value,
            Headers = [.. headers.Where(header => !header.Name.Equals("host", StringComparison.OrdinalIgnoreCase))],
            Port = result.GetValue(Port) ?? request.Port,
            Sni = sni is null ? request.Sni : sni is "" ? null : sni,
            SourceAddress = result.GetValue(Source),
        };
    }
}
