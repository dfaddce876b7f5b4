namespace Gwctl.Compiler.Specs;

/// <summary>Bounds that stop a small malicious text from taking all memory or time. Real specs stay far
/// below.</summary>
public static class SpecLimits
{
    /// <summary>Of one file.</summary>
    public const int FileBytesMax = 128 * 1024 * 1024;

    /// <summary>Of one document; a List of 10,000 routes has some 13 million.</summary>
    public const int DocumentCharactersMax = 64 * 1024 * 1024;

    /// <summary>Nested mappings and lists.</summary>
    public const int DepthMax = 100;

    /// <summary>Scalars, lists and mappings of one document, before aliases are followed.</summary>
    public const int NodesMax = 5_000_000;

    /// <summary>Nodes that the aliases and merge keys of one document stand for, nested ones counted each
    /// time.</summary>
    public const int AliasedNodesMax = 100_000;
}
