using Gwctl.Core;
using Gwctl.Engine.Resources;

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

    /// <summary>The address that an object's marks give.</summary>
    /// <param name="scope">Of the ProviderConfig that reads.</param>
    /// <param name="kind">As the cloud's own type tells.</param>
    /// <param name="gateway">As in <see cref="Gateway"/>.</param>
    /// <param name="key">As in <see cref="Key"/>.</param>
    public static ResourceAddress AddressOf(string scope, string kind, string gateway, string key)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        var slash = gateway.IndexOf('/');
        var name = slash < 0
            ? new ObjectName("", gateway)
            : new ObjectName(gateway[..slash], gateway[(slash + 1)..]);
        return new ResourceAddress(scope, kind, name, key);
    }
}
