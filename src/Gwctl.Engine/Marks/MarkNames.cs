namespace Gwctl.Engine.Marks;

/// <summary>The names of the marks that say whose an object is and which one. Where a cloud has tags they are tags,
/// written in the call that creates the object; where it has none the provider writes the same names into what text the
/// object has.</summary>
public static class MarkNames
{
    /// <summary>Every mark of gwctl's starts with it; a user's label that does is refused.</summary>
    public const string Prefix = "gwctl.dev/";

    /// <summary><see cref="Providers.ProviderScope.Owner"/>. An object with another value, or with none, is not
    /// ours.</summary>
    public const string Owner = "gwctl.dev/owner";

    /// <summary><see cref="Resources.ResourceAddress.Gateway"/> as <c>namespace/name</c>.</summary>
    public const string Gateway = "gwctl.dev/gateway";

    /// <summary><see cref="Resources.ResourceAddress.Kind"/>, where the cloud's own type does not tell.</summary>
    public const string Kind = "gwctl.dev/kind";

    /// <summary><see cref="Resources.ResourceAddress.Key"/>.</summary>
    public const string Key = "gwctl.dev/key";

    /// <summary>A digest of attributes as last written, for shallow reading. A hint: deep reading does not believe
    /// it.</summary>
    public const string Digest = "gwctl.dev/digest";

    /// <summary>Present with the value <c>true</c>: never destroy or replace the object, whatever the specs
    /// say.</summary>
    public const string Protect = "gwctl.dev/protect";
}
