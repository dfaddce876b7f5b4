using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Acm;

/// <summary>Certificates in the state, and how a requested one becomes issued.</summary>
internal static class CertificateStore
{
    private const string Pending = "acm/pending";

    public static string Table(string scope) => $"acm/{scope}/certificate";

    public static bool IsTable(string name) =>
        name.StartsWith("acm/", StringComparison.Ordinal) && name.EndsWith("/certificate", StringComparison.Ordinal);

    public static string TagSets(string scope) => $"acm/{scope}/tags";

    /// <summary>The scope in an ARN: <c>arn:aws:acm:REGION:ACCOUNT:certificate/ID</c>.</summary>
    public static string ScopeOf(string arn) =>
        arn.Split(':') is [_, _, "acm", var region, var account, _] ? $"{account}/{region}" : "";

    public static Struct? Find(Transaction state, string arn) => state.Get(Table(ScopeOf(arn)), arn);

    public static Struct Existing(Call call, string arn) =>
        call.State.Get(Table(call.Scope), arn)
        ?? throw new AwsException("ResourceNotFoundException", $"Could not find certificate {arn}.");

    public static string Status(Struct certificate, DateTimeOffset now) =>
        certificate.Text("Type") is "IMPORTED" || certificate.Time("@IssuedAt") <= now
            ? certificate.Time("NotAfter") < now ? "EXPIRED" : "ISSUED"
            : "PENDING_VALIDATION";

    /// <summary>The load balancers that present the certificate, in order.</summary>
    public static IEnumerable<string> InUseBy(Transaction state, string arn) =>
        state.Rows(Elbv2State.CertificateUses(arn)).Values
            .Select(use => use.Required("LoadBalancerArn"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    public static void Await(Transaction state, string arn) => state.Put(Pending, arn, []);

    public static void Forget(Transaction state, string arn)
    {
        if (state.Get(Pending, arn) is not null)
        {
            state.Delete(Pending, arn);
        }
    }

    /// <summary>Issues every waiting certificate whose validation records are all there. Called when records changed
    /// and
    /// when a certificate is requested; what is issued stays so when the records go.</summary>
    public static void IssueValidated(Call call)
    {
        var state = call.State;
        foreach (var arn in state.Rows(Pending).Keys)
        {
            if (Find(state, arn) is not { } certificate)
            {
                continue;
            }

            var validated = certificate.Structs("DomainValidationOptions").All(option =>
                option.Member("ResourceRecord") is { } record
                && RecordState.HasCname(state, record.Required("Name"), record.Required("Value")));
            if (validated)
            {
                state.Put(Table(ScopeOf(arn)), arn, Issue(call, certificate));
                state.Delete(Pending, arn);
            }
        }
    }

    private static Struct Issue(Call call, Struct certificate)
    {
        var at = call.Now + call.Options.Delays.CertificateIssuing;
        var issued = call.Options.DataPlane?.Issue(certificate, at) ?? CertificateFacts.SelfIssued(certificate, at);
        var options = certificate.Structs("DomainValidationOptions")
            .Select(option => option.With("ValidationStatus", "SUCCESS"));
        return certificate
            .With("DomainValidationOptions", new ListValue(options))
            .Merge(issued)
            .With("@IssuedAt", at);
    }
}
