using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Providers.Gcp.Reading;

namespace Gwctl.Providers.Gcp.Applying;

/// <summary>Objects of Certificate Manager: certificates, maps and their entries.</summary>
internal class CertificateHandler(ApplyContext context, string kind) : GcpHandler(context)
{
    /// <summary>What the object's name, place and marks stand for.</summary>
    private static readonly EquatableList<string> NotInBody = ["name", "location", "certificateMap", "zone"];

    private readonly CertificateKind _kind = CertificateKind.Of(kind);

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var parent = _kind.IsInMap
            ? after.TextOf("certificateMap")
            : Api.CertificateManager.ParentIn(after.TextOf("location"));
        var id = after.TextOf("name");
        var name = $"{parent}/{_kind.Collection.Segment}/{id}";
        var body = Body(after.Fields.Where(field => !NotInBody.Contains(field.Name)), call);
        body["description"] = Marks.Of(Context.Scope.Owner, call.Step.Address, after).ToText();
        try
        {
            await Api.CertificateManager.CreateAsync(_kind.Collection, parent, id, body, cancellationToken);
        }
        catch (GcpApiException exception) when (exception.AlreadyExists || exception.OutcomeUnknown)
        {
            await CompleteAsync(call, name, exception, cancellationToken);
        }

        await FinishAsync(call, name, cancellationToken);
        return new StepOutcome(name, _kind.Outputs(name));
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = IdOf(call, "resourceName");
        var body = await Api.CertificateManager.FindAsync(_kind.Collection, name, cancellationToken)
            ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
        CheckOwned(call, name, Marks.From(body));
        var shape = _kind.Shape(Context.Scope.Project, name, body);
        Guard.Unchanged(call, Fingerprints.Of(shape), shape);
        await ChangeAsync(call, name, shape, cancellationToken);
        await FinishAsync(call, name, cancellationToken);
        return new StepOutcome(name, _kind.Outputs(name));
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = call.Step.LiveId;
        if (await Api.CertificateManager.FindAsync(_kind.Collection, name, cancellationToken) is not { } body)
        {
            return;
        }

        CheckDeletable(call, name, body);
        await BeforeDeletionAsync(call, body, cancellationToken);
        await Context.UntilAsync(call, Context.Waits.UnusedMax, async stop =>
        {
            try
            {
                await Api.CertificateManager.DeleteAsync(_kind.Collection, name, stop);
                return null;
            }
            catch (GcpApiException exception) when (exception.NotFound)
            {
                return null;
            }
            catch (GcpApiException exception) when (exception.Reason is "FAILED_PRECONDITION" or "ABORTED")
            {
                return exception.ServiceMessage.TrimEnd('.');
            }
        }, cancellationToken);
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = call.Step.LiveId;
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address, AttributeMap.Empty);
        await Api.CertificateManager.PatchAsync(
            _kind.Collection,
            name,
            new JsonObject { ["description"] = marks.ToText() },
            ["description"],
            cancellationToken);
        return new StepOutcome(name, _kind.Outputs(name));
    }

    /// <summary>A managed certificate is ready when it is issued.</summary>
    public override Task ReadyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var name = IdOf(call, "resourceName");
        return Context.UntilAsync(call, Context.Waits.CertificateMax, async stop =>
        {
            var body = await Api.CertificateManager.FindAsync(_kind.Collection, name, stop)
                ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
            if (body.ObjectOrNull("managed") is not { } managed || managed.TextOrNull("state") is "ACTIVE")
            {
                return null;
            }

            var issue = managed.ObjectOrNull("provisioningIssue");
            var why = $"{issue?.TextOrNull("reason")} {issue?.TextOrNull("details")}".Trim();
            return managed.TextOrNull("state") is "FAILED"
                ? throw ApplyFailures.Common.GivenUp(
                    call.Step.Address,
                    $"the certificate was not issued ({why})",
                    "Mend what the reason names, and apply again.")
                : $"certificate {managed.TextOrNull("state")}{(why is "" ? "" : $" ({why})")}";
        }, cancellationToken);
    }

    /// <summary>What else belongs to the object; it runs again after a crash.</summary>
    protected virtual Task FinishAsync(StepCall call, string name, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    protected virtual Task BeforeDeletionAsync(StepCall call, JsonObject body, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>An earlier attempt, whose answer was lost or whose run was killed, may have made the object.</summary>
    private async Task CompleteAsync(
        StepCall call, string name, GcpApiException exception, CancellationToken cancellationToken)
    {
        var body = await Api.CertificateManager.FindAsync(_kind.Collection, name, cancellationToken)
            ?? throw GcpFailures.From(exception, $"creating {call.Step.Address}");
        if (!Context.Owns(Marks.From(body), call.Step.Address))
        {
            throw ApplyFailures.Common.InTheWay(call.Step.Address, name, Marks.OwnerText(body));
        }

        await ChangeAsync(call, name, _kind.Shape(Context.Scope.Project, name, body), cancellationToken);
    }

    /// <summary>Secrets and the marks that hold their digests are written in one call.</summary>
    private async Task ChangeAsync(
        StepCall call, string name, AttributeMap shape, CancellationToken cancellationToken)
    {
        var members = Matching.Differences(shape, After(call))
            .Where(field => !NotInBody.Contains(field.Name)).ToList();
        if (members.Count is 0)
        {
            return;
        }

        var body = Body(members, call);
        body["description"] = Marks.Of(Context.Scope.Owner, call.Step.Address, After(call)).ToText();
        await Api.CertificateManager.PatchAsync(
            _kind.Collection,
            name,
            body,
            members.Select(member => member.Name).Append("description"),
            cancellationToken);
    }

    private static JsonObject Body(IEnumerable<AttributeField> members, StepCall call) =>
        BodyForm.To(new AttributeMap(members), call.Reveal);
}
