using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Watching;

/// <summary>An object of the cluster, as far as the controller keeps it.</summary>
public sealed record ClusterObject
{
    public required ObjectId Id { get; init; }

    /// <summary>Where to write its status.</summary>
    public required KubeResource Resource { get; init; }

    public required string Uid { get; init; }

    public required string ResourceVersion { get; init; }

    public required long Generation { get; init; }

    public bool IsBeingDeleted { get; init; }

    public EquatableList<string> Finalizers { get; init; } = [];

    /// <summary>Null where it could not be read: <see cref="Diagnostics"/> say why.</summary>
    public SpecObject? Spec { get; init; }

    /// <summary>Of a route or Gateway that could not be read: what it belongs to, with nothing behind it that may be
    /// taken for its word. Null of others, and where not even that could be read.</summary>
    public SpecObject? Outline { get; init; }

    /// <summary>What reading it had to say.</summary>
    public EquatableList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Its status as JSON; empty for kinds whose status nobody here writes.</summary>
    public string Status { get; init; } = "";

    /// <summary>Equal while nothing that the compiler reads has changed.</summary>
    public required string Digest { get; init; }

    public string? Annotation(string name) =>
        Spec?.Meta.Annotations.FirstOrDefault(annotation => annotation.Name == name)?.Value;
}
