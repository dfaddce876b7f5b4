using System.Text.Json.Nodes;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Objects of Compute Engine whose attributes are their bodies.</summary>
internal class ComputeHandler(ApplyContext context, string kind) : GcpHandler(context)
{
    private const int LabelAttemptsMax = 3;

    private readonly ComputeKind _kind = ComputeKind.Of(kind);

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var name = _kind.NameOf(after);
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address, after);
        var body = BodyMerge.Insert(after, marks, call.Reveal);
        await CheckAsync(call, name, body, cancellationToken);
        try
        {
            await Context.WhenFreeAsync(
                call, stop => Api.Compute.InsertAsync(name, (JsonObject)body.DeepClone(), stop), cancellationToken);
        }
        catch (GcpApiException exception) when (exception.AlreadyExists || exception.OutcomeUnknown)
        {
            return await CompleteAsync(call, name, exception, cancellationToken);
        }

        var made = await Api.Compute.GetAsync(name, cancellationToken);
        await LabelAsync(call, name, made, after, cancellationToken);
        return Outcome(made);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = _kind.NameOf(IdOf(call, "selfLink"));
        var body = await Api.Compute.FindAsync(name, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        CheckOwned(call, ComputeKind.IdOf(body), Marks.From(body));
        var shape = Shape(name, body);
        Guard.Unchanged(call, body, shape);
        await ChangeAsync(call, name, body, shape, cancellationToken);
        return Outcome(body);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = _kind.NameOf(call.Step.LiveId);
        if (await Api.Compute.FindAsync(name, cancellationToken) is not { } body)
        {
            return;
        }

        CheckDeletable(call, call.Step.LiveId, body);
        Guard.Unchanged(call, body, Shape(name, body));
        try
        {
            await Context.WhenFreeAsync(call, stop => Api.Compute.DeleteAsync(name, stop), cancellationToken);
        }
        catch (GcpApiException exception) when (exception.NotFound)
        {
            call.Progress("gone already");
        }
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = _kind.NameOf(call.Step.LiveId);
        var body = await Api.Compute.FindAsync(name, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        if (Context.Owns(Marks.From(body), call.Step.Address))
        {
            return Outcome(body);
        }

        if (!Setters.TakesPatch(_kind.Kind, name))
        {
            throw ApplyFailures.CannotBeMarked(call.Step.Address, call.Step.LiveId);
        }

        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address, AttributeMap.Empty);
        var patch = BodyMerge.WithFingerprint(new JsonObject { ["description"] = marks.ToText() }, body);
        await Context.WhenFreeAsync(
            call, stop => Api.Compute.PatchAsync(name, (JsonObject)patch.DeepClone(), stop), cancellationToken);
        return Outcome(body);
    }

    /// <summary>Asks Google beforehand, where it can be asked.</summary>
    protected virtual Task CheckAsync(
        StepCall call, ComputeName name, JsonObject body, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes members that have no method of their own.</summary>
    protected virtual Task WriteAsync(
        StepCall call,
        ComputeName name,
        JsonObject body,
        IReadOnlyList<AttributeField> members,
        CancellationToken cancellationToken)
    {
        if (!Setters.TakesPatch(_kind.Kind, name))
        {
            throw ApplyFailures.CannotChange(call.Step.Address, members[0].Name, name.Location);
        }

        var patch = BodyMerge.Patch(members, body, call.Reveal);
        return Context.WhenFreeAsync(
            call, stop => Api.Compute.PatchAsync(name, (JsonObject)patch.DeepClone(), stop), cancellationToken);
    }

    /// <summary>An earlier attempt, whose answer was lost or whose run was killed, may have made the object.</summary>
    private async Task<StepOutcome> CompleteAsync(
        StepCall call, ComputeName name, GcpApiException exception, CancellationToken cancellationToken)
    {
        if (await Api.Compute.FindAsync(name, cancellationToken) is not { } body)
        {
            throw GcpFailures.From(exception, $"creating {call.Step.Address}");
        }

        if (!Context.Owns(Marks.From(body), call.Step.Address))
        {
            throw ApplyFailures.Common.InTheWay(call.Step.Address, ComputeKind.IdOf(body), Marks.OwnerText(body));
        }

        await ChangeAsync(call, name, body, Shape(name, body), cancellationToken);
        return Outcome(body);
    }

    private async Task ChangeAsync(
        StepCall call, ComputeName name, JsonObject body, AttributeMap shape, CancellationToken cancellationToken)
    {
        var after = After(call);
        var differences = Matching.Differences(shape, after.Without("labels")).ToList();
        foreach (var setter in Setters.Of(_kind.Kind).Where(setter => setter.Regional || name.Location is "global"))
        {
            if (differences.RemoveAll(field => field.Name == setter.Member) > 0 && after[setter.Member] is { } value)
            {
                var argument = new JsonObject
                {
                    [setter.Member] = BodyForm.To(setter.Member, value, call.Reveal),
                };
                await Context.WhenFreeAsync(
                    call,
                    stop => Api.Compute.InvokeAsync(name, setter.Verb, (JsonObject)argument.DeepClone(), stop),
                    cancellationToken);
            }
        }

        if (differences.Count > 0)
        {
            await WriteAsync(call, name, body, differences, cancellationToken);
        }

        await ClearAsync(call, name, ProxyCertificates.Leftover(shape, after), cancellationToken);
        await LabelAsync(call, name, body, after, cancellationToken);
    }

    /// <summary>Empties the member of a proxy that another has taken the place of.</summary>
    private Task ClearAsync(StepCall call, ComputeName name, string? member, CancellationToken cancellationToken)
    {
        if (Setters.Of(_kind.Kind).FirstOrDefault(setter => setter.Member == member) is not { } setter)
        {
            return Task.CompletedTask;
        }

        return Context.WhenFreeAsync(
            call,
            stop => Api.Compute.InvokeAsync(
                name,
                setter.Verb,
                member is ProxyCertificates.Own ? new JsonObject { [member] = new JsonArray() } : [],
                stop),
            cancellationToken);
    }

    /// <summary>Brings the user's labels to what is wanted; those of others stay. Forwarding rules forget the labels
    /// that they are made with, so that these too are written so.</summary>
    private async Task LabelAsync(
        StepCall call, ComputeName name, JsonObject body, AttributeMap after, CancellationToken cancellationToken)
    {
        if (after.MapOrNull("labels") is not { } wanted)
        {
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            var live = body.ObjectOrNull("labels") ?? [];
            var labels = Labels(live, wanted, Before(call).MapOf("labels"), Marks.From(body));
            if (JsonNode.DeepEquals(labels, live))
            {
                return;
            }

            var argument = new JsonObject { ["labels"] = labels };
            if (body.TextOrNull("labelFingerprint") is { } fingerprint)
            {
                argument["labelFingerprint"] = fingerprint;
            }

            try
            {
                await Api.Compute.InvokeAsync(name, "setLabels", argument, cancellationToken);
                return;
            }
            catch (GcpApiException exception) when (exception.ConditionNotMet && attempt < LabelAttemptsMax)
            {
                body = await Api.Compute.GetAsync(name, cancellationToken);
            }
        }
    }

    private static JsonObject Labels(JsonObject live, AttributeMap wanted, AttributeMap before, Marks marks)
    {
        var labels = new JsonObject();
        foreach (var (label, value) in live)
        {
            if (before[label] is null && !marks.LabelNames.Contains(label) && label is not Kinds.ProtectLabel)
            {
                labels[label] = value?.DeepClone();
            }
        }

        foreach (var (label, value) in wanted.Pairs())
        {
            labels[label] = value;
        }

        return labels;
    }

    private AttributeMap Shape(ComputeName name, JsonObject body) =>
        _kind.Shape(Context.Scope.Project, name.Location, body);

    private StepOutcome Outcome(JsonObject body) => new(ComputeKind.IdOf(body), _kind.Outputs(body));
}
