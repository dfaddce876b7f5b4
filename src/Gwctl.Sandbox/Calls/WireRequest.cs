namespace Gwctl.Sandbox.Calls;

/// <summary>An HTTP request as it stood on the wire.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Target">Path and query exactly as sent: signatures are over these bytes.</param>
/// <param name="Headers">By lower-case name; several values of one name are joined by commas.</param>
public sealed record WireRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public string Path => Target.Split('?', 2)[0];

    public string Query => Target.Split('?', 2) is [_, var query] ? query : "";

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";
}
