using Gwctl.Engine.Handlers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>How long to wait for what AWS does in its own time.</summary>
public sealed record AwsWaits : StepWaits
{
    public TimeSpan LoadBalancerMax { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan TargetsHealthyMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Beside the group's own deregistration delay.</summary>
    public TimeSpan DrainedSlackMax { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan CertificateMax { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>What every handler works with.</summary>
internal sealed record ApplyContext(
    AwsApi Api, ReadScope Scope, DigestLedger Ledger, AwsWaits Waits, TimeProvider Clock)
    : HandlerContext<AwsWaits>(Waits, Clock, ApplyFailures.Common)
{
    /// <summary>Gwctl's marks and the user's tags of a new object.</summary>
    public Tags TagsOf(ResourceAddress address, AttributeMap after)
    {
        var users = after.MapOf("tags");
        return Marks.Of(Scope.Owner, address)
            .With(users.Pairs())
            .With(Marks.TagNames, Marks.NamesValue(users.Fields.Select(field => field.Name)));
    }

    /// <summary>True where the tags are this owner's, for this very address.</summary>
    public bool Owns(Tags tags, ResourceAddress address) =>
        tags[Marks.Owner] == Scope.Owner && Marks.AddressOf(Scope.Name, address.Kind, tags) == address;
}

/// <summary>A kind's part of applying.</summary>
internal abstract class AwsHandler(ApplyContext context) : KindHandler(context.Failures)
{
    protected ApplyContext Context => context;

    protected AwsApi Api => context.Api;
}
