using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>URL maps as resources.</summary>
internal static class UrlMapResources
{
    public static Struct Complete(Draft draft) => draft.Content;
}
