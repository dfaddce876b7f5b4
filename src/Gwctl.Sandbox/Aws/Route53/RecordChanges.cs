using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>ChangeResourceRecordSets: all of a batch or nothing. Changes take effect in their order, so a DELETE makes
/// room for a CREATE that follows it; what a whole group of records must agree on is judged at the end.</summary>
internal static class RecordChanges
{
    private const int RecordsMax = 1000;
    private const int CharactersMax = 32_000;

    public static Struct Run(Call call)
    {
        var zone = HostedZones.Existing(call, call.Input.Required("HostedZoneId"));
        var batch = call.Input.Member("ChangeBatch") ?? [];
        var changes = batch.Structs("Changes").ToList();
        var errors = new List<string>();
        CheckSize(changes, errors);
        CheckRepeats(changes, errors);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var record = RecordRules.Normal(call, change);
            names.Add(record.Required("Name"));
            errors.AddRange(RecordRules.Check(call, zone, record, change.Required("Action")));
            Apply(call, zone, change.Required("Action"), record, errors);
        }

        errors.AddRange(RecordRules.CheckGroups(call, zone, names));
        if (errors.Count > 0)
        {
            throw new AwsException("InvalidChangeBatch", $"[{string.Join(", ", errors)}]")
            {
                HttpStatus = 400,
                Messages = call.Options.BatchErrorsAsDocumented ? ListValue.Of(errors) : null,
            };
        }

        CertificateStore.IssueValidated(call);
        return new Struct { { "ChangeInfo", Note(call, batch.Text("Comment")) } };
    }

    /// <summary>Writes down a change that is on its way to the name servers.</summary>
    public static Struct Note(Call call, string? comment)
    {
        var id = $"C{call.State.NextHex(20).ToUpperInvariant()}";
        var change = new Struct
        {
            { "Id", $"/change/{id}" },
            { "SubmittedAt", call.Now },
            { "Comment", comment },
            { "@InSyncAt", call.Now + call.Options.Delays.RecordPropagation },
        };
        call.State.Put(RecordState.Changes(call.Account), id, change);
        return Shown(call, change).With("Status", "PENDING");
    }

    public static Struct Shown(Call call, Struct change) => change
        .With("Status", change.Time("@InSyncAt") <= call.Now ? "INSYNC" : "PENDING")
        .Without("@InSyncAt");

    private static void Apply(Call call, Struct zone, string action, Struct record, List<string> errors)
    {
        var table = RecordState.Records(zone.Required("@Id"));
        var key = RecordState.SortKey(record);
        var known = call.State.Get(table, key);
        switch (action)
        {
            case "DELETE" when known is null:
                errors.Add($"Tried to delete resource record set {RecordRules.Words(record)} but it was not found");
                break;
            case "DELETE" when !RecordRules.Same(known, record):
                errors.Add($"Tried to delete resource record set {RecordRules.Words(record)} but the values provided "
                    + "do not match the current values");
                break;
            case "DELETE" when RecordRules.IsApexRecord(zone, record):
                errors.Add(record.Text("Type") is "SOA"
                    ? "A HostedZone must contain exactly one SOA record."
                    : "A HostedZone must contain at least one NS record for the zone itself.");
                break;
            case "DELETE":
                call.State.Delete(table, key);
                break;
            case "CREATE" when known is not null:
                errors.Add($"Tried to create resource record set {RecordRules.Words(record)} but it already exists");
                break;
            default:
                errors.AddRange(RecordRules.CheckNeighbours(call, zone, record));
                call.State.Put(table, key, record);
                break;
        }
    }

    private static void CheckSize(List<Struct> changes, List<string> errors)
    {
        var records = 0;
        var characters = 0;
        foreach (var change in changes)
        {
            var times = change.Text("Action") is "UPSERT" ? 2 : 1;
            var values = (change.Member("ResourceRecordSet") ?? []).Structs("ResourceRecords").ToList();
            records += times * Math.Max(1, values.Count);
            characters += times * values.Sum(value => value.Text("Value")?.Length ?? 0);
        }

        if (records > RecordsMax)
        {
            errors.Add($"Number of records limit of {RecordsMax} exceeded.");
        }

        if (characters > CharactersMax)
        {
            errors.Add($"Number of characters limit of {CharactersMax} exceeded.");
        }
    }

    /// <summary>A record may be named once in a batch, or twice as a DELETE and then what replaces it.</summary>
    private static void CheckRepeats(List<Struct> changes, List<string> errors)
    {
        var byRecord = changes.GroupBy(change =>
        {
            var record = change.Member("ResourceRecordSet") ?? [];
            return RecordState.SortKey(record.With("Name", DnsName.Normal(record.Required("Name"))));
        });
        foreach (var group in byRecord.Where(group => group.Count() > 1))
        {
            var actions = group.Select(change => change.Text("Action")).ToList();
            if (actions is not ["DELETE", "CREATE" or "UPSERT"])
            {
                var record = group.First().Member("ResourceRecordSet") ?? [];
                errors.Add("The request contains an invalid set of changes for a resource record set "
                    + $"'{record.Text("Type")} {DnsName.Normal(record.Required("Name"))}'");
            }
        }
    }
}
