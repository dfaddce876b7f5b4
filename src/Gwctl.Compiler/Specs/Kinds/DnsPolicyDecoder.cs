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

    private static readonly TextRule CheckPath = new(
        1, 255, text => text[0] is '/' && text.All(c => c is > ' ' and <= '~'), "is no absolute path",
        "Start it with /, and escape what is not ASCII.");

    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromHours(1);

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
                HealthCheck = reader.Section("healthCheck", DecodeHealthCheck),
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

    private static DnsHealthCheckSpec DecodeHealthCheck(NodeReader reader)
    {
        var check = new DnsHealthCheckSpec
        {
            Protocol = reader.RequiredChoice("protocol", "HTTP", "HTTPS", "TCP"),
            Port = reader.Int("port", 1, 65_535),
            Path = reader.Text("path", CheckPath),
            Hostname = reader.Text("hostname", Forms.PreciseHostname),
            Interval = reader.Duration("interval", IntervalMin, IntervalMax),
            FailureThreshold = reader.Int("failureThreshold", 1, 10),
            Span = reader.Span,
        };
        if (check.Protocol.Value is "TCP")
        {
            if (!reader.Has("port"))
            {
                reader.Problems.Add(ConnectionCheck(
                    check.Protocol.Span, $"{reader.PathOf("port")} is missing: TCP has no port of its own.",
                    "Give the port of a listener."));
            }

            if (check.Path is { } path)
            {
                reader.Problems.Add(ConnectionCheck(
                    path.Span, $"{reader.PathOf("path")} is given, and a TCP check asks for no path.",
                    "Leave path out, or use HTTP or HTTPS."));
            }
        }

        return check;
    }

    private static Diagnostic ConnectionCheck(SourceSpan place, string detail, string help) =>
        new("GW1621", Severity.Error, "TCP health check takes a port and no path")
        {
            Subject = place,
            Detail = detail,
            Help = help,
        };

    private static Diagnostic HalfWeighted(SourceSpan place, string path, string missing) =>
        new("GW1620", Severity.Error, "Weighted records need a weight and a set identifier")
        {
            Subject = place,
            Detail = $"{path} is given without {missing}.",
            Help = $"Give {missing} too, or leave both out where the Gateway has its names alone.",
        };
}
