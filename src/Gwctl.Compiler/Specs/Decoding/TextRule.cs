namespace Gwctl.Compiler.Specs.Decoding;

/// <summary>The form that a text field must have.</summary>
/// <param name="LengthMin">In characters.</param>
/// <param name="LengthMax">In characters.</param>
/// <param name="Holds">True where the text has the form; lengths are already checked. Null where any text will
/// do.</param>
/// <param name="Complaint">What is wrong where it does not hold, as "is not a DNS label".</param>
/// <param name="Remedy">What would be right, as a sentence.</param>
public sealed record TextRule(int LengthMin, int LengthMax, Func<string, bool>? Holds, string Complaint, string Remedy)
{
    /// <summary>A rule that bounds the length alone.</summary>
    public static TextRule Length(int min, int max) => new(min, max, null, "", "");

    /// <summary>The diagnostic's complaint and remedy; null where the text is right.</summary>
    internal (string Complaint, string Remedy)? Judge(string text)
    {
        if (text.Length < LengthMin)
        {
            var size = text.Length is 0 ? "is empty" : $"has {text.Length} characters";
            return (size, LengthMin is 1 ? "Give a text that is not empty." : $"Give at least {LengthMin} characters.");
        }

        if (text.Length > LengthMax)
        {
            return ($"has {text.Length} characters", $"Give at most {LengthMax} characters.");
        }

        return Holds is null || Holds(text) ? null : (Complaint, Remedy);
    }
}
