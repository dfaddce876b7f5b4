using System.Text.Json.Nodes;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>What a plan pins of an object, so that a write is refused if somebody else changed it since: Google's own
/// fingerprint, where the object has one, and else a digest of its attributes.</summary>
internal static class Fingerprints
{
    public static string Of(JsonObject body, AttributeMap shape) =>
        body.TextOrNull("fingerprint") is { Length: > 0 } fingerprint ? fingerprint : Of(shape);

    public static string Of(AttributeMap shape) => Canonical.Digest(shape.Without("labels"));
}
