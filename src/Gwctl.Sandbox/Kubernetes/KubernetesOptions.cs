using Gwctl.Core;

namespace Gwctl.Sandbox.Kubernetes;

/// <summary>Somebody whom the API server knows by a bearer token.</summary>
/// <param name="Name">As errors and reviews name it.</param>
/// <param name="Token">Any text that a header can carry.</param>
/// <param name="Groups">Besides <c>system:authenticated</c>.</param>
public sealed record KubernetesUser(string Name, string Token, EquatableList<string> Groups);

/// <summary>Something that a user may not do, as if RBAC did not grant it.</summary>
/// <param name="Verb">get, list, watch, create, update, patch, delete, deletecollection; <c>*</c> for all.</param>
/// <param name="Group">Empty for the core group; <c>*</c> for all.</param>
/// <param name="Resource">The plural, with <c>/status</c> for the subresource; <c>*</c> for all.</param>
/// <param name="Namespace">Empty for all.</param>
/// <param name="User">Empty for all.</param>
public sealed record KubernetesDenial(
    string Verb, string Group, string Resource, string Namespace = "", string User = "");

/// <summary>How the Kubernetes part of a sandbox is.</summary>
public sealed record KubernetesOptions
{
    /// <summary>A loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS with a certificate of the sandbox's own authority; otherwise plain HTTP.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Who is let in, besides the administrator that the sandbox makes itself.</summary>
    public EquatableList<KubernetesUser> Users { get; init; } = [];

    public EquatableList<KubernetesDenial> Denials { get; init; } = [];

    /// <summary>Users may do what Roles and ClusterRoles that are bound to them say, and nothing else; members of
    /// <c>system:masters</c> may do everything. Otherwise everybody may.</summary>
    public bool EnforcesRbac { get; init; }

    /// <summary>How many changes of a resource a watch can go back. Older versions are gone (410).</summary>
    public int HistoryMax { get; init; } = 2_000;

    /// <summary>How often a watch that asks for bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Start with the Gateway API's and gwctl's CustomResourceDefinitions.</summary>
    public bool SeedDefinitions { get; init; } = true;
}
