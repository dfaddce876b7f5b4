using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes gwctl.dev DnsPolicy. What a cloud can do of it is the provider's to judge.</summary>
internal static class DnsPolicyDecoder
{
    private const int HostnamesMax = 64;

    /// <summary>The widest of the clouds' ranges; a provider may know a narrower one.</summary>
    private const int WeightMax = 1_000;

    private static readonly TextRule SetIdentifier = new(
        1, 128, text => text.All(c => c is >= ' ' and <= '~'), "is no set identifier",
        "Use letters, digits and punctuation of ASCII.");

    public static DnsPolicySpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var policy = new DnsPolicySpec
            {
                Meta = context.Meta,
                TargetRef = reader.RequiredSection("targetRef", DecodeTarget)
                    ?? new SpecReference(ApiGroups.Gateway, "Gateway", null, "", reader.Span),
                Hostnames = reader.Texts("hostnames", Forms.Hostname, 0, HostnamesMax),
                Ttl = reader.Duration("ttl", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
                Weight = reader.Int("weight", 0, WeightMax),
                SetIdentifier = reader.Text("setIdentifier", SetIdentifier),
                EvaluateTargetHealth = reader.Bool("evaluateTargetHealth"),
            };
            if (policy.Weight is null != policy.SetIdentifier is null)
            {
                var (given, missing) = policy.Weight is null
                    ? ("setIdentifier", "weight")
                    : ("weight", "setIdentifier");
                reader.Problems.Add(HalfWeighted(reader.PlaceOf(given), reader.PathOf(given), missing));
            }

            return policy;
        });

    private static SpecReference DecodeTarget(NodeReader reader) => new(
        reader.Choice("group", ApiGroups.Gateway)?.Value ?? ApiGroups.Gateway,
        reader.Choice("kind", "Gateway")?.Value ?? "Gateway",
        null,
        reader.RequiredText("name", Forms.ObjectName).Value,
        reader.Span);

    private static Diagnostic HalfWeighted(SourceSpan place, string path, string missing) =>
        new("GW1620", Severity.Error, "Weighted records need a weight and a set identifier")
        {
            Subject = place,
            Detail = $"{path} is given without {missing}.",
            Help = $"Give {missing} too, or leave both out where the Gateway has its names alone.",
        };
}
