namespace Gwctl.Sandbox.Calls;

/// <summary>An HTTP response, complete.</summary>
public sealed record WireResponse(int Status, string ContentType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
