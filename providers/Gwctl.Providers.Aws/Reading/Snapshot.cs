using Gwctl.Core;
using Gwctl.Engine.Reading;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Everything that was read, as AWS answered it.</summary>
internal sealed record Snapshot(
    ElbSnapshot Elb, NetworkSnapshot Network, CertificateSnapshot Certificates, DnsSnapshot Dns,
    HealthCheckSnapshot HealthChecks);

/// <summary>Gathers live resources while a snapshot is walked.</summary>
internal sealed class AwsLiveBuilder(ReadScope scope, Wanted wanted) : LiveBuilder
{
    public ReadScope Scope => scope;

    public Wanted Wanted => wanted;

    public bool IsOurs(Tags tags) => tags[Marks.Owner] == scope.Owner;

    /// <summary>The address that an object's marks give; null, with a finding, where they are ours and not
    /// readable.</summary>
    public ResourceAddress? AddressOf(string kind, string id, Tags tags)
    {
        if (!IsOurs(tags))
        {
            return null;
        }

        var address = Marks.AddressOf(scope.Name, kind, tags);
        if (address is null)
        {
            Note(UnreadableMarks(id));
        }

        return address;
    }

    private static Diagnostic UnreadableMarks(string id) => UnreadableMarks(
        "GW4161",
        $"{id} is passed over: its tags {Marks.Gateway} and {Marks.Key} are missing or were changed.",
        "Remove its tag gwctl.dev/owner if it is not gwctl's, or delete it.");
}
