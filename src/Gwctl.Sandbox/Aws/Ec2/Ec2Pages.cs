using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>MaxResults and NextToken.</summary>
internal static class Ec2Pages
{
    private const int SizeMax = 1000;

    public static (List<Struct> Page, string? NextToken) Take(Call call, IEnumerable<Struct> items, string idMember)
    {
        var rows = items.Select(item => KeyValuePair.Create(item.Required(idMember), item))
            .OrderBy(row => row.Key, StringComparer.Ordinal);
        try
        {
            return Paging.Take(rows, call.Input.Text("NextToken"), (int)(call.Input.Number("MaxResults") ?? SizeMax));
        }
        catch (FormatException)
        {
            throw new AwsException("InvalidParameterValue", "Unable to parse pagination token");
        }
    }
}
