namespace Gwctl.Compiler.Specs;

/// <summary>Text to read specs from.</summary>
/// <param name="FileName">As the user named it; diagnostics print it. A name that ends in <c>.json</c> is read as JSON,
/// any other as YAML, or as JSON where it starts like JSON.</param>
/// <param name="Text">The whole text, with or without a byte order mark.</param>
public sealed record SpecSource(string FileName, string Text);

/// <summary>What the text does not say by itself.</summary>
public sealed record SpecReaderOptions
{
    public static readonly SpecReaderOptions Default = new();

    /// <summary>The namespace of objects that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>True where the text came from a cluster: then an object's generation and creation time are read. In
    /// files they are what some cluster once said, and must not decide which of two routes is older.</summary>
    public bool IsFromCluster { get; init; }
}
