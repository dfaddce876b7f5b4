using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>Marker and PageSize, as ELBv2's Describe operations have them.</summary>
internal static class Pages
{
    public static (List<Struct> Page, string? NextMarker) Take(
        Call call, IEnumerable<KeyValuePair<string, Struct>> rows, int sizeMax)
    {
        var size = (int)Math.Min(call.Input.Number("PageSize") ?? sizeMax, sizeMax);
        try
        {
            return Paging.Take(rows, call.Input.Text("Marker"), size);
        }
        catch (FormatException)
        {
            throw Elbv2State.Invalid($"The marker '{call.Input.Text("Marker")}' is not valid");
        }
    }
}
