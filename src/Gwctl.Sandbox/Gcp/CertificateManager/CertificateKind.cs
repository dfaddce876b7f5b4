using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>One of Certificate Manager's collections as data.</summary>
/// <param name="Collection">As it stands in a path: <c>certificateMaps</c>.</param>
/// <param name="Resource">Its resource's type: <c>CertificateMap</c>.</param>
/// <param name="Mutable">What an update may change.</param>
internal sealed record CertificateKind(string Collection, string Resource, IReadOnlyList<string> Mutable)
{
    /// <summary>The parameter that names a new resource: <c>certificateMapId</c>.</summary>
    public string IdParameter => $"{char.ToLowerInvariant(Resource[0])}{Resource[1..]}Id";

    /// <summary>The collection's own checks, and what it makes of a new or changed resource.</summary>
    public required Func<CertificateDraft, Struct> Complete { get; init; }

    /// <summary>What an answer shows that is not kept.</summary>
    public Func<GcpCall, CertificateName, Struct, Struct> Show { get; init; } = (_, _, document) => document;

    /// <summary>Says by name who uses a resource; null where nobody does.</summary>
    public Func<Transaction, CertificateName, string?> FindUser { get; init; } = (_, _) => null;
}

/// <param name="Before">Null for a new one.</param>
internal sealed record CertificateDraft(GcpCall Call, CertificateName Name, Struct? Before, Struct Content);

/// <summary>A resource's whole name, from <c>projects/</c> on.</summary>
internal readonly record struct CertificateName(string Text)
{
    public string Project => Part(1);

    public string Location => Part(3);

    /// <summary>The collection of the last part.</summary>
    public string Collection => Part(Text.Split('/').Length - 2);

    public string Table => TableOf(Project, Collection);

    /// <summary>A map entry's map.</summary>
    public string Parent => string.Join('/', Text.Split('/')[..^2]);

    public static string TableOf(string project, string collection) => $"gcp/{project}/certificatemanager/{collection}";

    private string Part(int index) => Text.Split('/') is var parts && parts.Length > index ? parts[index] : "";
}
