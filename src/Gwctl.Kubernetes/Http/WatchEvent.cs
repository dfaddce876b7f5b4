using Gwctl.Kubernetes.Objects;

namespace Gwctl.Kubernetes.Http;

/// <summary>What a watch says.</summary>
public enum WatchKind
{
    Added,
    Modified,
    Deleted,

    /// <summary>Nothing happened up to this resource version.</summary>
    Bookmark,
}

/// <summary>One line of a watch.</summary>
public sealed record WatchEvent(WatchKind Kind, KubeObject Object);

/// <summary>Where a watch begins.</summary>
/// <param name="ResourceVersion">That of a list, or of the last event.</param>
/// <param name="Lasts">The server ends it after this.</param>
public sealed record WatchFrom(string ResourceVersion, TimeSpan Lasts);
