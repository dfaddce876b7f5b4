using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Route 53's health checks. Tags cannot be given when one is made: until they are written its caller
/// reference says whose it is, and a run that finds such a one goes on with it.</summary>
internal sealed class HealthCheckHandler(ApplyContext context) : AwsHandler(context)
{
    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var address = call.Step.Address;
        var check = await FindAsync(address, after, cancellationToken) is { } left
            ? await ModifyAsync(call, left.Check, after, cancellationToken)
            : await MakeAsync(call, after, cancellationToken);
        await MarkAsync(address, check.Id, cancellationToken);
        return Outcome(check.Id);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var id = IdOf(call, "id");
        var found = await GetAsync(id, cancellationToken) ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        CheckOurs(call, found);
        Guard.Unchanged(call, HealthCheckShape.From(found));
        await ModifyAsync(call, found.Check, After(call), cancellationToken);
        if (!found.IsMarked)
        {
            await MarkAsync(call.Step.Address, id, cancellationToken);
        }

        return Outcome(id);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        if (await GetAsync(call.Step.LiveId, cancellationToken) is not { } found)
        {
            return;
        }

        CheckOurs(call, found);
        if (found.IsMarked)
        {
            Deletion.Check(Context, call, found.Check.Id, found.Tags);
        }

        try
        {
            await Api.Route53.DeleteHealthCheckAsync(new() { HealthCheckId = found.Check.Id }, cancellationToken);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            // An earlier attempt, whose answer was lost, or somebody else.
            return;
        }
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        await MarkAsync(call.Step.Address, call.Step.LiveId, cancellationToken);
        return Outcome(call.Step.LiveId);
    }

    private static StepOutcome Outcome(string id) => new(id, HealthCheckShape.Outputs(id));

    /// <exception cref="ProviderException">It is not ours any more.</exception>
    private void CheckOurs(StepCall call, MarkedCheck found)
    {
        var address = call.Step.Address;
        var isOurs = found.IsMarked
            ? Context.Owns(found.Tags, address)
            : CheckReference.IsOfGateway(found.Check.CallerReference, Context.Scope.Owner, address);
        if (!isOurs)
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, found.Check.Id);
        }
    }

    private async Task<HealthCheck> MakeAsync(
        StepCall call, AttributeMap after, CancellationToken cancellationToken)
    {
        var address = call.Step.Address;
        try
        {
            var created = await Api.Route53.CreateHealthCheckAsync(
                new()
                {
                    CallerReference = CheckReference.Of(Context.Scope.Owner, address, Context.Clock.GetUtcNow()),
                    HealthCheckConfig = HealthCheckShape.ToConfig(after),
                },
                cancellationToken);
            return created.HealthCheck;
        }
        catch (AwsApiException exception) when (exception.OutcomeUnknown)
        {
            return await FindAsync(address, after, cancellationToken) is { } made
                ? await ModifyAsync(call, made.Check, after, cancellationToken)
                : throw AwsFailures.From(exception, $"creating {address}");
        }
    }

    /// <summary>One that an earlier attempt made for the address, as far as what cannot be changed goes.</summary>
    private async Task<MarkedCheck?> FindAsync(
        ResourceAddress address, AttributeMap after, CancellationToken cancellationToken)
    {
        var start = CheckReference.StartOf(Context.Scope.Owner, address);
        var config = HealthCheckShape.ToConfig(after);
        return (await HealthCheckReading.ReadAsync(Api, start, cancellationToken)).FirstOrDefault(
            found => (!found.IsMarked || Context.Owns(found.Tags, address))
                && found.Check.HealthCheckConfig.Type == config.Type
                && found.Check.HealthCheckConfig.RequestInterval == config.RequestInterval);
    }

    /// <summary>Brings it to what is wanted, provided that it is still as it was seen.</summary>
    private async Task<HealthCheck> ModifyAsync(
        StepCall call, HealthCheck seen, AttributeMap after, CancellationToken cancellationToken)
    {
        var wanted = HealthCheckShape.ToConfig(after);
        if (IsSo(seen, wanted))
        {
            return seen;
        }

        try
        {
            var updated = await Api.Route53.UpdateHealthCheckAsync(
                new()
                {
                    HealthCheckId = seen.Id,
                    HealthCheckVersion = seen.HealthCheckVersion,
                    FullyQualifiedDomainName = wanted.FullyQualifiedDomainName,
                    Port = wanted.Port,
                    ResourcePath = wanted.ResourcePath,
                    EnableSNI = wanted.EnableSNI,
                    FailureThreshold = wanted.FailureThreshold,
                    Disabled = wanted.Disabled,
                    Inverted = wanted.Inverted,
                },
                cancellationToken);
            return updated.HealthCheck;
        }
        catch (AwsApiException exception)
            when (exception.OutcomeUnknown || exception.Code is "HealthCheckVersionMismatch")
        {
            var answer = await Api.Route53.GetHealthCheckAsync(new() { HealthCheckId = seen.Id }, cancellationToken);
            if (IsSo(answer.HealthCheck, wanted))
            {
                return answer.HealthCheck;
            }

            throw exception.OutcomeUnknown
                ? AwsFailures.From(exception, $"changing {call.Step.Address}")
                : ApplyFailures.Common.Stale(call.Step.Address, $"{seen.Id} was changed since the plan was made");
        }
    }

    /// <summary>Nothing that can be changed differs.</summary>
    private static bool IsSo(HealthCheck check, HealthCheckConfig wanted)
    {
        var config = check.HealthCheckConfig;
        return config with
        {
            Disabled = config.Disabled is true,
            Inverted = config.Inverted is true,
            EnableSNI = wanted.EnableSNI is null ? null : config.EnableSNI,
        } == wanted;
    }

    private async Task<MarkedCheck?> GetAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var check = await Api.Route53.GetHealthCheckAsync(new() { HealthCheckId = id }, cancellationToken);
            var tags = await Api.Route53.ListTagsForResourcesAsync(
                new() { ResourceType = TagResourceType.Healthcheck, ResourceIds = [id] }, cancellationToken);
            return new MarkedCheck(
                check.HealthCheck, Tags.From(tags.ResourceTagSets.SelectMany(set => set.Tags)));
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }

    private async Task MarkAsync(ResourceAddress address, string id, CancellationToken cancellationToken) =>
        await Api.Route53.ChangeTagsForResourceAsync(
            new()
            {
                ResourceType = TagResourceType.Healthcheck,
                ResourceId = id,
                AddTags = Marks.Of(Context.Scope.Owner, address).ToRoute53(),
            },
            cancellationToken);
}
