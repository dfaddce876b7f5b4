using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gwctl.Core;

/// <summary>Conditions that hold unless gwctl itself is wrong. They stay on in production: stopping beats
/// harming.</summary>
public static class Invariant
{
    /// <exception cref="UnreachableException">The condition is false: a bug of gwctl's, never of the
    /// user's.</exception>
    public static void Holds(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition)
        {
            throw new UnreachableException($"gwctl has a bug: this does not hold: {text}");
        }
    }
}
