using System.Diagnostics.CodeAnalysis;

namespace Gwctl.Core;

/// <summary>A stage's result with everything the stage has to say about it. Warnings survive success.</summary>
/// <param name="Value">Null only where the input was so broken that nothing can be said about the rest of it.</param>
/// <param name="Diagnostics">All of this stage's findings, not the first.</param>
public sealed record Compiled<T>(T? Value, EquatableList<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>True when there is a value and no error: the only state in which a command may change
    /// anything.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null && !HasErrors;

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error);
}

/// <summary>Ways to make a <see cref="Compiled{T}"/>.</summary>
public static class Compiled
{
    public static Compiled<T> From<T>(T? value, IEnumerable<Diagnostic> diagnostics)
        where T : class
    {
        var sorted = diagnostics.ToList();
        sorted.Sort(Diagnostic.InReadingOrder);
        return new Compiled<T>(value, [.. sorted]);
    }

    public static Compiled<T> From<T>(T value)
        where T : class => new(value, []);
}
