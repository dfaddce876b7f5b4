using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>A parsed YAML or JSON value with its place: what the reader decodes typed kinds from, and what a provider
/// decodes
/// its own section of a <see cref="ProviderConfigSpec"/> from.</summary>
public abstract record SpecNode(SourceSpan Span)
{
    /// <summary>A scalar as written. <paramref name="Quoted"/> tells <c>"8080"</c> (text) from <c>8080</c> (a
    /// number).</summary>
    public sealed record Scalar(string Text, bool Quoted, SourceSpan Span) : SpecNode(Span);

    public sealed record Sequence(EquatableList<SpecNode> Items, SourceSpan Span) : SpecNode(Span);

    /// <summary>Fields in the order written; a repeated key has already been reported and appears once.</summary>
    public sealed record Mapping(EquatableList<SpecField> Fields, SourceSpan Span) : SpecNode(Span);
}

/// <summary>A field of a mapping; <paramref name="KeySpan"/> is the place of its name.</summary>
public sealed record SpecField(string Name, SourceSpan KeySpan, SpecNode Value);

/// <summary>A decoded value and the place it was written. A default that nobody wrote has the place of what lacks
/// it.</summary>
public readonly record struct Located<T>(T Value, SourceSpan Span)
{
    public override string ToString() => $"{Value}";
}
