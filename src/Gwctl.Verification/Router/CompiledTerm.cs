using Gwctl.Compiler.Specs;

namespace Gwctl.Verification.Router;

/// <summary>A header or query parameter match made ready to be tried.</summary>
internal sealed class CompiledTerm(NamedMatchSpec spec)
{
    private readonly CompiledPattern? _pattern = spec.IsRegex ? new CompiledPattern(spec.Value) : null;

    public string Name => spec.Name;

    public string Value => spec.Value;

    public bool IsRegex => spec.IsRegex;

    /// <summary>A header that was not sent fits nothing, not even an expression that matches the empty
    /// text.</summary>
    public bool FitsHeader(Request request) => request.HeaderValue(Name) is { } value && Fits(value);

    public bool FitsQuery(string? query) =>
        QueryText.TryFindFirst(query, Name, out var value) && (_pattern?.Fits(value) ?? value.SequenceEqual(Value));

    /// <summary>What a request with this value lacks.</summary>
    public string Wants(string? sent)
    {
        var wanted = IsRegex ? $"must match {Value}" : $"must be \"{Value}\"";
        var problem = _pattern?.Problem is { } text ? $", which cannot be read ({text})" : "";
        return sent is null ? $"{wanted}{problem} and is missing" : $"{wanted}{problem} and is \"{sent}\"";
    }

    private bool Fits(string value) => _pattern?.Fits(value) ?? value == Value;
}
