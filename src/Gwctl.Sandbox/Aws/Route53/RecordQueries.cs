using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>Listing records, and asking after a change.</summary>
internal static class RecordQueries
{
    private const int PageMax = 300;

    public static Struct List(Call call)
    {
        var zone = HostedZones.Existing(call, call.Input.Required("HostedZoneId"));
        var size = PageSize(call, PageMax);
        var name = call.Input.Text("StartRecordName");
        var type = call.Input.Text("StartRecordType");
        var identifier = call.Input.Text("StartRecordIdentifier");
        if ((type is not null && name is null) || (identifier is not null && type is null))
        {
            throw new AwsException(
                "InvalidInput", "A start type needs a start name, and a start identifier needs a start type.");
        }

        var start = name switch
        {
            null => "",
            _ when type is null => DnsName.Reversed(DnsName.Normal(name)),
            _ => RecordState.SortKey(DnsName.Normal(name), type, identifier ?? ""),
        };
        var rows = call.State.Rows(RecordState.Records(zone.Required("@Id")))
            .SkipWhile(row => string.CompareOrdinal(row.Key, start) < 0)
            .Take(size + 1)
            .Select(row => row.Value)
            .ToList();
        var next = rows.Count > size ? rows[size] : null;
        return new Struct
        {
            { "ResourceRecordSets", rows.Take(size) },
            { "IsTruncated", next is not null },
            { "NextRecordName", next?.Text("Name") },
            { "NextRecordType", next?.Text("Type") },
            { "NextRecordIdentifier", next?.Text("SetIdentifier") },
            { "MaxItems", $"{size}" },
        };
    }

    public static Struct GetChange(Call call)
    {
        var id = HostedZones.Bare(call.Input.Required("Id"));
        var change = call.State.Get(RecordState.Changes(call.Account), id)
            ?? throw new AwsException("NoSuchChange", $"A change with the ID {id} does not exist.");
        return new Struct { { "ChangeInfo", RecordChanges.Shown(call, change) } };
    }

    public static int PageSize(Call call, int max)
    {
        if (call.Input.Text("MaxItems") is not { } text)
        {
            return max;
        }

        return int.TryParse(text, out var size) && size > 0
            ? Math.Min(size, max)
            : throw new AwsException("InvalidInput", $"Invalid value '{text}' for maxitems.");
    }
}
