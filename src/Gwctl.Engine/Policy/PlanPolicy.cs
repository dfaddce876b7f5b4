namespace Gwctl.Engine.Policy;

/// <summary>What a plan may do. What goes beyond becomes a block: the plan is shown and not applied (exit 3).</summary>
public sealed record PlanPolicy
{
    public static readonly PlanPolicy Default = new();

    /// <summary>How many objects may be destroyed or replaced; null: any number.</summary>
    public DestroyLimit? MaxDestroy { get; init; }

    /// <summary>True where it is meant that nothing is desired any more while objects of ours live. Destroying needs no
    /// such leave.</summary>
    public bool AllowEmpty { get; init; }
}

/// <summary>A number of objects, or a share of those that live.</summary>
/// <param name="Value">0 or more; of a share 0 to 100.</param>
public sealed record DestroyLimit(int Value, bool IsPercent)
{
    /// <summary>Reads <c>N</c> or <c>P%</c>; null where it is neither.</summary>
    public static DestroyLimit? Parse(string text)
    {
        var isPercent = text.EndsWith('%');
        var digits = isPercent ? text[..^1] : text;
        var isNumber = digits.Length is > 0 and <= 9 && digits.All(char.IsAsciiDigit);
        return isNumber && int.Parse(digits) is var value && (!isPercent || value <= 100)
            ? new DestroyLimit(value, isPercent)
            : null;
    }

    /// <summary>How many of so many living objects; a share is rounded down.</summary>
    public int Of(int living) => IsPercent ? (int)((long)living * Value / 100) : Value;

    public override string ToString() => IsPercent ? $"{Value}%" : $"{Value}";
}
