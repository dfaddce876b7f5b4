namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>A certificate as the control plane has it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Names">Its DNS names, in lower case.</param>
/// <param name="Body">In PEM; null where the state has none.</param>
/// <param name="Chain">The certificates above it, in PEM; null where there are none.</param>
/// <param name="From">When it begins to be valid.</param>
/// <param name="Until">Null where that is not known.</param>
/// <param name="IsIssued">The cloud makes it itself.</param>
internal sealed record CertificateText(
    string Name, string[] Names, string? Body, string? Chain, DateTimeOffset From, DateTimeOffset? Until,
    bool IsIssued = false);
