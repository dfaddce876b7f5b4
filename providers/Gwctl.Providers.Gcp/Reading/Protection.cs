using System.Text.Json.Nodes;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Whether a living object may be destroyed: a mark of its description or its label says so.</summary>
internal static class Protection
{
    public static bool Of(JsonObject body) => Marks.From(body).IsProtected
        || body.ObjectOrNull("labels")?.TextOrNull(Kinds.ProtectLabel) is "true";
}
