using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>The headers by which targets learn of clients' certificates.</summary>
/// <param name="Passthrough">The whole chain, unverified, in one header; else the verified leaf in several.</param>
/// <param name="Chain">The header's name, as the others'.</param>
internal sealed record ClientCertificateHeaders(
    bool Passthrough, string Chain, string SerialNumber, string Issuer, string Subject, string Validity, string Leaf)
{
    /// <summary>Null where the listener asks for no certificates.</summary>
    public static ClientCertificateHeaders? Of(Struct listener)
    {
        var mode = listener.Member("MutualAuthentication")?.Text("Mode");
        if (mode is not ("passthrough" or "verify"))
        {
            return null;
        }

        var attributes = Attributes.Effective(listener, Attributes.Kind.Listener);
        return new ClientCertificateHeaders(
            mode is "passthrough", Name("", ""), Name("_serial_number", "-Serial-Number"), Name("_issuer", "-Issuer"),
            Name("_subject", "-Subject"), Name("_validity", "-Validity"), Name("_leaf", "-Leaf"));

        string Name(string key, string suffix) =>
            attributes.GetValueOrDefault($"routing.http.request.x_amzn_mtls_clientcert{key}.header_name")
                is { Length: > 0 } renamed
                ? renamed
                : $"X-Amzn-Mtls-Clientcert{suffix}";
    }

    /// <summary>Sets the headers; what the client itself sent under their names does not reach the target.</summary>
    public void Apply(HttpContext context, IHeaderDictionary headers)
    {
        foreach (var name in new[] { Chain, SerialNumber, Issuer, Subject, Validity, Leaf })
        {
            headers.Remove(name);
        }

        if (context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } leaf)
        {
            return;
        }

        if (Passthrough)
        {
            headers[Chain] = Encoded(ClientTrust.ChainOf(leaf));
            return;
        }

        headers[SerialNumber] = leaf.SerialNumber;
        headers[Issuer] = DistinguishedName(leaf.IssuerName);
        headers[Subject] = DistinguishedName(leaf.SubjectName);
        headers[Validity] = $"NotBefore={Stamp(leaf.NotBefore)};NotAfter={Stamp(leaf.NotAfter)}";
        headers[Leaf] = Encoded(leaf.ExportCertificatePem() + "\n");
    }

    /// <summary>Percent-encoded but for <c>+</c>, <c>=</c> and <c>/</c>, as AWS documents it.</summary>
    private static string Encoded(string pem) => Uri.EscapeDataString(pem)
        .Replace("%2B", "+", StringComparison.Ordinal)
        .Replace("%3D", "=", StringComparison.Ordinal)
        .Replace("%2F", "/", StringComparison.Ordinal);

    private static string Stamp(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>As RFC 2253 writes it: the most specific part first, no blanks between parts.</summary>
    private static string DistinguishedName(X500DistinguishedName name) => string.Join(
        ',', name.EnumerateRelativeDistinguishedNames().Select(part => part.HasMultipleElements
            ? $"#{Convert.ToHexStringLower(part.RawData.Span)}"
            : $"{Keyword(part.GetSingleElementType().Value)}={Escaped(part.GetSingleElementValue() ?? "")}"));

    private static string Keyword(string? type) => type switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        _ => type ?? "",
    };

    private static string Escaped(string value)
    {
        var escaped = string.Concat(value.Select(letter => letter is ',' or '+' or '"' or '\\' or '<' or '>' or ';'
            ? $"\\{letter}"
            : $"{letter}"));
        return escaped switch
        {
            ['#' or ' ', ..] => $"\\{escaped}",
            [.., ' '] => $"{escaped[..^1]}\\ ",
            _ => escaped,
        };
    }
}
