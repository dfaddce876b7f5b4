using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>A DNS record's last touches.</summary>
internal static class DnsSettling
{
    /// <summary>Where specs no longer ask for weights or for a health check of gwctl's, that is to end: what is merely
    /// not named would stay. A health check that somebody else gave the record is left alone.</summary>
    public static ResourceNode Settle(ResourceNode node, LiveIndex live)
    {
        if (live[node.Address]?.Attributes is not { } found)
        {
            return node;
        }

        var attributes = node.Attributes;
        if (attributes["setIdentifier"] is null && found["setIdentifier"] is not null)
        {
            attributes = attributes.With("setIdentifier", Attr.Text(""));
        }

        foreach (var family in new[] { "a", "aaaa" })
        {
            if (attributes.MapOrNull(family) is { } alias
                && alias["healthCheck"] is null
                && found.MapOrNull(family)?.TextOrNull("healthCheck") is { } id
                && live.HealthChecks.Contains(id))
            {
                attributes = attributes.With(family, Attr.Map(alias.With("healthCheck", Attr.Text(""))));
            }
        }

        return node with { Attributes = attributes };
    }
}
