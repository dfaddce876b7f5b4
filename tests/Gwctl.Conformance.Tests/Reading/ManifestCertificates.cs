using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gwctl.Testing.Specs;

namespace Gwctl.Conformance.Tests.Reading;

/// <summary>Fills generated certificates into manifests, for no key is kept in the repository.</summary>
internal static partial class ManifestCertificates
{
    /// <summary><c>${certificate:a.example,b.example}</c> and <c>${key:…}</c> are base64, as a Secret's data wants
    /// them; with <c>-text</c> they are quoted PEM. Equal names give one pair.</summary>
    public static string FillIn(string text)
    {
        var made = new Dictionary<string, TestCertificate>(StringComparer.Ordinal);
        return Placeholder().Replace(text, match =>
        {
            var names = match.Groups["names"].Value;
            if (!made.TryGetValue(names, out var certificate))
            {
                certificate = TestCertificate.For(names.Split(','));
                made.Add(names, certificate);
            }

            var pem = match.Groups["part"].Value is "key" ? certificate.PrivateKey : certificate.Chain;
            return match.Groups["text"].Success
                ? JsonSerializer.Serialize(pem)
                : Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
        });
    }

    [GeneratedRegex(@"\$\{(?<part>certificate|key)(?<text>-text)?:(?<names>[^}]+)\}")]
    private static partial Regex Placeholder();
}
