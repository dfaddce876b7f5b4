using System.Text;
using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Files;

/// <summary>Reads what <see cref="PlanWriter"/> writes. Whether the plan makes sense is <see cref="PlanChecker"/>'s to
/// say.</summary>
internal sealed class PlanReader(List<Diagnostic> problems)
{
    private readonly List<Diagnostic> _problems = problems;

    public Plan Read(JsonElement root, out string digest)
    {
        var members = new MemberReader(root, "", _problems);
        var plan = new Plan
        {
            FormatVersion = members.Number("formatVersion"),
            ToolVersion = members.Text("toolVersion"),
            Purpose = members.Word("purpose", Words.Purposes),
            Scopes = members.Items("scopes", Scope),
            Configs = members.Scalars(
                "configs", "an object", item => (item.ValueKind is JsonValueKind.Object, CompactOf(item))),
            InputDigest = members.Text("inputDigest"),
            CreatedAt = members.Time("createdAt"),
            ExpiresAt = members.Time("expiresAt"),
            Unchanged = members.Number("unchanged"),
            Changes = members.Items("changes", Change),
            Steps = members.Items("steps", Step),
            Known = members.Items("known", Known),
            Traffic = Required(members, "traffic", TrafficOf) ?? new TrafficDiff([], 0),
            Diagnostics = members.Items("diagnostics", DiagnosticOf),
            Blocks = members.Items("blocks", DiagnosticOf),
        };
        digest = members.Text("digest");
        members.Done();
        return plan;
    }

    private static string CompactOf(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            element.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static ProviderScope Scope(MemberReader members) => new(
        members.Text("name"),
        members.Text("provider"),
        members.Text("account"),
        members.Text("region"),
        members.Text("owner"));

    private Change Change(MemberReader members)
    {
        var address = members.Address("address");
        members.Expect("kind", address.Kind);
        members.Expect("gateway", address.Gateway.ToString());
        var action = string.Join('+', Texts(members, "actions"));
        var reason = members.Text("reason");
        var (before, after) = (members.Attributes("before"), members.Attributes("after"));
        var differences = members.Items("differences", Difference);
        var live = members.Object("live", inner => Live(inner, address, before));
        var node = members.Object("node", inner => Node(inner, address, after));
        Change? change = (action, live, node) switch
        {
            ("create", null, not null) => new Change.Create(node),
            ("update", not null, not null) => new Change.Update(live, node, differences),
            ("replace", not null, not null) => new Change.Replace(live, node, differences),
            ("delete", not null, null) => new Change.Delete(live),
            ("adopt", not null, not null) => new Change.Adopt(live, node),
            _ => null,
        };
        if (change is null)
        {
            _problems.Add(PlanFileDiagnostics.Wrong(
                members.PathOf("actions"), "one of create, update, replace, delete, adopt, and fit live and node"));
        }

        return (change ?? new Change.Delete(NoLive(address))) with { Reason = reason };
    }

    private static AttributeChange Difference(MemberReader members) => new(
        members.Text("path"), members.Value("before"), members.Value("after"), members.Flag("forcesReplacement"));

    private static LiveResource Live(MemberReader members, ResourceAddress address, AttributeMap? attributes) => new()
    {
        Address = address,
        Id = members.Text("id"),
        Ownership = members.Word("ownership", Words.Ownerships),
        OwnerText = members.Text("ownerText"),
        Fingerprint = members.Text("fingerprint"),
        Protected = members.Flag("protected"),
        Outputs = members.Attributes("outputs") ?? AttributeMap.Empty,
        Attributes = attributes ?? AttributeMap.Empty,
    };

    private static LiveResource NoLive(ResourceAddress address) => new()
    {
        Address = address,
        Id = "",
        Ownership = Ownership.Foreign,
        Fingerprint = "",
        Outputs = AttributeMap.Empty,
        Attributes = AttributeMap.Empty,
    };

    private ResourceNode Node(MemberReader members, ResourceAddress address, AttributeMap? attributes) => new()
    {
        Address = address,
        Attributes = attributes ?? AttributeMap.Empty,
        Origin = Span(members, "origin"),
        OriginObjects = Texts(members, "originObjects"),
        Hostnames = Texts(members, "hostnames"),
        Protected = members.Flag("protected"),
    };

    private Step Step(MemberReader members) => new()
    {
        Id = members.Number("id"),
        Action = members.Word("action", Words.Actions),
        Address = members.Address("address"),
        LiveId = members.Text("liveId"),
        Fingerprint = members.Text("fingerprint"),
        DependsOn = members.Scalars(
            "dependsOn",
            "a whole number",
            item => (item.ValueKind is JsonValueKind.Number && item.TryGetInt32(out _), IdOf(item))),
        Note = members.Text("note"),
        Members = members.Items("members", Member),
        Before = members.Attributes("before"),
        After = members.Attributes("after"),
    };

    private BatchMember Member(MemberReader members) =>
        new(members.Address("address"), members.Text("liveId"), Present(members, "before"), Present(members, "after"))
        {
            Fingerprint = members.Text("fingerprint"),
        };

    private static KnownObject Known(MemberReader members) => new(
        members.Address("address"), members.Text("id"), members.Attributes("outputs") ?? AttributeMap.Empty);

    private static TrafficDiff TrafficOf(MemberReader members)
    {
        var unchanged = members.Number("unchanged");
        return new TrafficDiff(
            members.Items("changes", item => new TrafficChange(item.Object("before", Row), item.Object("after", Row))),
            unchanged);
    }

    private static TrafficRow Row(MemberReader members) => new(
        new ObjectName(members.Text("namespace"), members.Text("gateway")),
        members.Number("port"),
        members.Text("protocol"),
        members.Text("host"),
        members.Text("match"),
        members.Text("destination"));

    private Diagnostic DiagnosticOf(MemberReader members) =>
        new(members.Text("code"), members.Word("severity", Words.Severities), members.Text("summary"))
        {
            Subject = Span(members, "subject"),
            Detail = members.Text("detail"),
            Help = members.Text("help"),
            Object = members.Text("object"),
            Reason = members.Text("reason"),
        };

    private SourceSpan Span(MemberReader members, string name)
    {
        var span = new SourceSpan[1];
        Required(members, name, inner =>
        {
            span[0] = new SourceSpan(inner.Text("file"), inner.Number("line"), inner.Number("column"));
            return "";
        });
        return span[0];
    }

    private static EquatableList<string> Texts(MemberReader members, string name) => members.Scalars(
        name,
        "a text",
        item => (item.ValueKind is JsonValueKind.String, item.ValueKind is JsonValueKind.String
            ? item.GetString() ?? "" : ""));

    private T? Required<T>(MemberReader members, string name, Func<MemberReader, T> read)
        where T : class
    {
        var before = _problems.Count;
        var value = members.Object(name, read);
        if (value is null && _problems.Count == before)
        {
            _problems.Add(PlanFileDiagnostics.Wrong(members.PathOf(name), "an object"));
        }

        return value;
    }

    private AttributeValue Present(MemberReader members, string name)
    {
        var before = _problems.Count;
        var value = members.Value(name);
        if (value is null && _problems.Count == before)
        {
            _problems.Add(PlanFileDiagnostics.Wrong(members.PathOf(name), "a value other than null"));
        }

        return value ?? new AttributeValue.Flag(false);
    }

    private static int IdOf(JsonElement item) =>
        item.ValueKind is JsonValueKind.Number && item.TryGetInt32(out var id) ? id : 0;
}
