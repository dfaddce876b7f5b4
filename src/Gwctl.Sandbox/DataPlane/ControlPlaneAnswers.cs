using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Aws;
using Gwctl.Sandbox.Aws.Acm;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.DataPlane.Tls;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane;

/// <summary>Answers the control plane's questions.</summary>
internal sealed class ControlPlaneAnswers(DataPlaneParts parts) : IDataPlane
{
    private const int ValidityDays = 395;

    public TargetVerdict? HealthOf(string targetGroupArn, string id, long port)
    {
        var name = targetGroupArn.Split('/') is [_, var second, ..] ? second : "";
        return parts.Targets.Find(new BackendAddress(targetGroupArn, name, id, (int)port)) switch
        {
            // Lambda functions have no port, and the data plane no part in them.
            null when port is 0 => null,

            // Registered this moment: the data plane has not yet heard of it, so nobody has checked it.
            null => new TargetVerdict("initial", "Elb.RegistrationInProgress", "Target registration is in progress"),
            { Health: TargetHealth.Healthy } => new TargetVerdict("healthy", null, null),
            { Health: TargetHealth.Initial } => new TargetVerdict(
                "initial", "Elb.InitialHealthChecking", "Initial health checks in progress"),
            var target => new TargetVerdict("unhealthy", target.Finding, Words(target.Finding)),
        };
    }

    public IReadOnlyList<MinuteOfRequests> RequestsOf(string loadBalancerArn, DateTimeOffset from, DateTimeOffset to) =>
        parts.Meter.Between(loadBalancerArn, from, to);

    public void KeepKey(X509Certificate2 certificate, string key) =>
        parts.Keys.Keep(KeyRing.NameOf(certificate), key);

    public Struct Issue(Struct requested, DateTimeOffset at)
    {
        var names = requested.Texts("SubjectAlternativeNames").ToList();
        var ecdsa = requested.Text("KeyAlgorithm")?.StartsWith("EC", StringComparison.Ordinal) is true;
        var start = at.AddHours(-1); // For clients whose clocks are late.
        var (certificate, key) = parts.Authority.Issue(names, start, at.AddDays(ValidityDays), ecdsa);
        using (certificate)
        {
            parts.Keys.Keep(KeyRing.NameOf(certificate), key);
            return CertificateFacts.Of(certificate)
                .Without("DomainName", "SubjectAlternativeNames", "KeyAlgorithm", "SignatureAlgorithm")
                .With("@Body", certificate.ExportCertificatePem())
                .With("@Chain", parts.Authority.Pem);
        }
    }

    private static string Words(string finding) => finding switch
    {
        "Target.Timeout" => "Request timed out",
        "Target.ResponseCodeMismatch" => "Health checks failed with other codes than the matcher's",
        _ => "Health checks failed",
    };
}
