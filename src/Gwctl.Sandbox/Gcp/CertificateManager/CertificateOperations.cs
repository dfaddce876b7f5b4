using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.CertificateManager;

/// <summary>Certificate Manager's long-running operations.</summary>
internal static class CertificateOperations
{
    public const string Collection = "operations";

    private const string Types = "type.googleapis.com/google.cloud.certificatemanager.v1.";
    private const string Empty = "type.googleapis.com/google.protobuf.Empty";

    /// <param name="after">The resource as it is to be; null for a deletion.</param>
    public static Struct Start(GcpCall call, CertificateKind kind, CertificateName target, string verb, Struct? after)
    {
        var end = call.Now + call.Options.Delays.Operation;
        var name = new CertificateName(
            $"projects/{target.Project}/locations/{target.Location}/{Collection}/"
            + $"operation-{call.Now.ToUnixTimeMilliseconds()}-{call.State.NextHex(13)}-{call.State.NextHex(8)}");
        var response = after is null
            ? new Struct { { "@type", Empty } }
            : new Struct { { "@type", Types + kind.Resource } }.Merge(after);
        var document = new Struct
        {
            { "name", name.Text },
            {
                "metadata", new Struct
                {
                    { "@type", Types + "OperationMetadata" },
                    { "apiVersion", "v1" },
                    { "createTime", GcpText.UtcTime(call.Now) },
                    { "target", target.Text },
                    { "verb", verb },
                }
            },
            { "@end", end },
            { "@response", response },
            { "@error", call.OperationError?.Message },
        };
        call.State.Put(name.Table, name.Text, document);
        var changes = call.OperationError is null ? new[] { new StateChange(target.Table, target.Text, after) } : [];
        PendingEffects.Schedule(call.State, call.Now, end, changes);
        return Show(document, call.Now);
    }

    public static Struct Show(Struct document, DateTimeOffset now)
    {
        if (now < document.Time("@end"))
        {
            return document;
        }

        var metadata = document.Member("metadata") ?? new Struct();
        var done = document.With("done", true)
            .With("metadata", metadata.With("endTime", GcpText.UtcTime(document.Time("@end") ?? now)));
        return document.Text("@error") is { } message
            ? done.With("error", new Struct { { "code", 9 }, { "message", message } })
            : done.With("response", document.Member("@response") ?? new Struct());
    }
}
