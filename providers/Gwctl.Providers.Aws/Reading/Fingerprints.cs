using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What a plan pins of an object, so that a write is refused if somebody else changed it since. Only what
/// one Describe call tells is in it, because it is made again before every write; attributes are compared by
/// themselves where they are written, priorities where they are set, and tags are no reason to refuse.</summary>
internal static class Fingerprints
{
    public static string Of(string kind, AttributeMap attributes) => Canonical.Digest(kind switch
    {
        Kinds.Rule => attributes.Without("priority").Without("tags"),
        Kinds.LoadBalancer or Kinds.Listener or Kinds.TargetGroup => attributes.Without("attributes").Without("tags"),
        Kinds.TrustStore => attributes.Without("location").Without("bundle").Without("tags"),
        Kinds.HealthCheck => attributes.Without("owner"),
        Kinds.RequestedCertificate => attributes.Without("zones").Without("tags"),
        _ => attributes.Without("tags"),
    });
}
