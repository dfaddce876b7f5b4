using System.Buffers;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes gwctl.dev ProviderConfig; the provider's own section is left to the provider.</summary>
internal static class ProviderConfigDecoder
{
    private static readonly string[] OwnFields = ["provider", "owner", "dns"];

    private static readonly SearchValues<char> OwnerCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly TextRule Owner = new(
        1, 63, text => !text.AsSpan().ContainsAnyExcept(OwnerCharacters), "is no owner id",
        "Use lower-case letters, digits, - and . only.");

    private static readonly TextRule ZoneName = new(
        1, 253, Forms.IsSubdomain, "is no DNS zone",
        "Write the zone's name without the last dot, as example.com is written here.");

    public static ProviderConfigSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader =>
        {
            var provider = reader.RequiredText("provider", Forms.Label);
            var config = new ProviderConfigSpec
            {
                Meta = context.Meta,
                Provider = provider,
                Owner = reader.RequiredText("owner", Owner),
                DnsZones = reader.Section("dns", DecodeDns)?.Zones ?? [],
                Settings = SettingsOf(reader, provider.Value),
            };
            return config;
        });

    /// <summary>The chosen provider's section is required to be a mapping; others' may stand beside it unread, which
    /// every mapping is taken for whose name is not a field's misspelt.</summary>
    private static SpecNode.Mapping? SettingsOf(NodeReader reader, string provider)
    {
        reader.Ignore([.. reader.Mapping.Fields
            .Where(field => field.Value is SpecNode.Mapping && field.Name != provider
                && NearestName.Find(field.Name, OwnFields.Append(provider)) is null)
            .Select(field => field.Name)]);
        var node = reader.Node(provider);
        if (node is not null and not SpecNode.Mapping)
        {
            reader.Problems.Add(FieldDiagnostics.WrongType(node, reader.PathOf(provider), NodeReader.WantsMapping));
        }

        return node as SpecNode.Mapping;
    }

    private static Dns DecodeDns(NodeReader reader) => new(reader.List("zones", DecodeZone));

    private sealed record Dns(EquatableList<DnsZoneSpec> Zones);

    internal static DnsZoneSpec DecodeZone(NodeReader reader) => new(
        reader.RequiredText("name", ZoneName).Value,
        reader.Text("id", TextRule.Length(1, 255))?.Value,
        reader.Bool("private")?.Value ?? false,
        reader.Span);
}

/// <summary>Decodes gwctl.dev BackendPolicy. What a cloud can do of it is the provider's to judge.</summary>
internal static class BackendPolicyDecoder
{
    private const int TargetsMax = 64;

    private static readonly TimeSpan SecondsMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AffinityMax = TimeSpan.FromDays(7);
    private static readonly TimeSpan DelayMax = TimeSpan.FromHours(1);

    private static readonly TextRule HealthPath = new(
        1, 1_024, text => text[0] is '/', "is no absolute path", "Start it with /.");

    private static readonly TextRule CookieName = new(
        1, 255, text => !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ';' or ',' or '='),
        "is no cookie name",
        "Use a token without spaces, commas, semicolons and equals signs.");

    public static BackendPolicySpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader => new BackendPolicySpec
        {
            Meta = context.Meta,
            TargetRefs = reader.List("targetRefs", DecodeTarget, 1, TargetsMax),
            TargetType = reader.Choice("targetType", "ip", "instance", "hybrid", "serverless"),
            Serverless = reader.Section("serverless", DecodeServerless),
            Protocol = reader.Choice("protocol", "HTTP", "HTTPS"),
            ProtocolVersion = reader.Choice("protocolVersion", "HTTP1", "HTTP2", "GRPC"),
            HealthCheck = reader.Section("healthCheck", DecodeHealthCheck),
            SessionAffinity = reader.Section("sessionAffinity", DecodeAffinity),
            DrainTimeout = reader.Duration("drainTimeout", TimeSpan.Zero, DelayMax),
            SlowStart = reader.Duration("slowStart", TimeSpan.Zero, DelayMax),
            ExternalTargets = reader.Bool("externalTargets"),
        });

    private static SpecReference DecodeTarget(NodeReader reader) => new(
        reader.Text("group", Forms.Group)?.Value ?? ApiGroups.Core,
        reader.RequiredChoice("kind", "Service").Value,
        null,
        reader.RequiredText("name", Forms.Label).Value,
        reader.Span);

    private static ServerlessSpec DecodeServerless(NodeReader reader) => new(
        reader.RequiredText("service", Forms.Label),
        reader.Text("region", Forms.Label),
        reader.Span);

    private static HealthCheckSpec DecodeHealthCheck(NodeReader reader) => new()
    {
        Protocol = reader.Choice("protocol", "HTTP", "HTTPS", "GRPC", "TCP"),
        Path = reader.Text("path", HealthPath),
        Port = reader.Int("port", 1, 65_535),
        Interval = reader.Duration("interval", SecondsMin, DelayMax),
        Timeout = reader.Duration("timeout", SecondsMin, DelayMax),
        HealthyThreshold = reader.Int("healthyThreshold", 1, 100),
        UnhealthyThreshold = reader.Int("unhealthyThreshold", 1, 100),
        SuccessCodes = reader.NumberOrText("successCodes", Forms.StatusCodes),
        Span = reader.Span,
    };

    private static SessionAffinitySpec DecodeAffinity(NodeReader reader) => new(
        reader.Duration("duration", SecondsMin, AffinityMax),
        reader.Text("cookieName", CookieName),
        reader.Span);
}
