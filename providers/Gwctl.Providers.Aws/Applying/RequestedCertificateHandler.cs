using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Api.Route53;
using Gwctl.Providers.Aws.Reading;
using ResourceRecord = Gwctl.Providers.Aws.Api.Route53.ResourceRecord;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Certificates requested from ACM, with the DNS records that prove the names. ACM wants the same record for
/// every certificate of a name in an account, so that one which is there already is as good as ours, and ours goes
/// only with the last certificate that needs it.</summary>
internal sealed class RequestedCertificateHandler(ApplyContext context) : AwsHandler(context)
{
    /// <summary>An idempotency token has at most so many characters of <c>\w</c>.</summary>
    private const int TokenLength = 32;
    private const long ValidationTtlSeconds = 300;

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = await CreateOrFindAsync(call, after, cancellationToken);
        await WriteRecordsAsync(call, arn, after, cancellationToken);
        return CertificateCalls.Outcome(arn);
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = IdOf(call, "arn");
        await WriteRecordsAsync(call, arn, after, cancellationToken);
        await CertificateCalls.UpdateTagsAsync(Context, call, arn, after, cancellationToken);
        return CertificateCalls.Outcome(arn);
    }

    /// <summary>The records go first: a run that is killed in between leaves a certificate, by which the next finds
    /// them.</summary>
    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        if (await CertificateCalls.TagsAsync(Api, arn, cancellationToken) is not { } tags)
        {
            return;
        }

        Deletion.Check(Context, call, arn, tags);
        var detail = await DescribeAsync(arn, cancellationToken);
        var zones = Before(call).MapOf("zones");
        var others = zones.Fields.Count > 0 ? await OtherNamesAsync(arn, cancellationToken) : [];
        foreach (var validation in detail.DomainValidationOptions)
        {
            if (validation.ResourceRecord is { } record
                && zones.TextOrNull(validation.DomainName) is { } zone
                && !others.Contains(BareName(validation.DomainName)))
            {
                await DeleteRecordAsync(zone, ToRecord(record), cancellationToken);
            }
        }

        await CertificateCalls.DeleteAsync(Context, call, cancellationToken);
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address);
        await CertificateCalls.AddTagsAsync(Api, call.Step.LiveId, marks, cancellationToken);
        return CertificateCalls.Outcome(call.Step.LiveId);
    }

    public override Task ReadyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = IdOf(call, "arn");
        return Context.UntilAsync(call, Context.Waits.CertificateMax, async stop =>
        {
            var detail = await DescribeAsync(arn, stop);
            return detail.Status switch
            {
                CertificateStatus.ISSUED => null,
                CertificateStatus.PENDING_VALIDATION => Pending(detail),
                var status => throw ApplyFailures.Common.GivenUp(
                    call.Step.Address,
                    $"the certificate is {status}{(detail.FailureReason is { } why ? $": {why}" : "")}",
                    "Mend the cause, delete the certificate, and apply again."),
            };
        }, cancellationToken);
    }

    private static string Pending(CertificateDetail detail)
    {
        var open = detail.DomainValidationOptions
            .Where(validation => validation.ValidationStatus is not DomainStatus.SUCCESS)
            .Select(validation => validation.DomainName).Order(StringComparer.Ordinal);
        return $"certificate pending validation of {string.Join(", ", open)}";
    }

    private async Task<string> CreateOrFindAsync(StepCall call, AttributeMap after, CancellationToken cancellationToken)
    {
        var address = call.Step.Address;
        var request = new RequestCertificateRequest
        {
            DomainName = after.TextOf("domain"),
            SubjectAlternativeNames = after.TextsOf("alternativeNames"),
            ValidationMethod = ValidationMethod.DNS,
            // Within the hour a repetition, of this run or of the next, gets the same certificate.
            IdempotencyToken = Canonical.Digest(
                new AttributeValue.Text($"{Context.Scope.Owner} {address} {after.TextOf("domain")}"))[..TokenLength],
            Tags = Context.TagsOf(address, after).ToAcm(),
        };
        try
        {
            return (await Api.Acm.RequestCertificateAsync(request, cancellationToken)).CertificateArn;
        }
        catch (AwsApiException exception) when (exception.OutcomeUnknown)
        {
            return await CertificateCalls.FindMadeAsync(
                Context, address, found => found.DomainName == request.DomainName, cancellationToken)
                ?? throw AwsFailures.From(exception, $"requesting {address}");
        }
    }

    private async Task WriteRecordsAsync(
        StepCall call, string arn, AttributeMap after, CancellationToken cancellationToken)
    {
        var zones = after.MapOf("zones");
        var detail = await DescribeAsync(arn, cancellationToken);
        await Context.UntilAsync(call, Context.Waits.RecordsMax, async stop =>
        {
            if (detail.DomainValidationOptions.Count > 0
                && detail.DomainValidationOptions.All(validation => validation.ResourceRecord is not null))
            {
                return null;
            }

            detail = await DescribeAsync(arn, stop);
            return "ACM has not named the validation records yet";
        }, cancellationToken);
        var records = detail.DomainValidationOptions
            .Select(validation => (Zone: zones.TextOrNull(validation.DomainName), validation.ResourceRecord))
            .Where(found => found.Zone is not null && found.ResourceRecord is not null)
            .Select(found => (Zone: found.Zone ?? "", Record: ToRecord(found.ResourceRecord
                ?? throw new System.Diagnostics.UnreachableException())))
            .DistinctBy(found => (found.Zone, DnsShape.Name(found.Record.Name)));
        foreach (var (zone, record) in records)
        {
            // A name that ACM invents is nobody else's, and its value never changes: overwriting cannot harm.
            await ChangeAsync(zone, ChangeAction.UPSERT, record, cancellationToken);
        }
    }

    private async Task DeleteRecordAsync(string zone, ResourceRecordSet record, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(zone, ChangeAction.DELETE, record, cancellationToken);
        }
        catch (AwsApiException exception) when (exception.Code is "InvalidChangeBatch")
        {
            // Not there any more, or not as we wrote it: then it is somebody's own.
            return;
        }
    }

    private Task<ChangeResourceRecordSetsResponse> ChangeAsync(
        string zone, string action, ResourceRecordSet record, CancellationToken cancellationToken) =>
        Api.Route53.ChangeResourceRecordSetsAsync(
            new()
            {
                HostedZoneId = zone,
                ChangeBatch =
                    new ChangeBatch { Changes = [new Change { Action = action, ResourceRecordSet = record }] },
            },
            cancellationToken);

    private async Task<HashSet<string>> OtherNamesAsync(string arn, CancellationToken cancellationToken) =>
        (await CertificateReading.ListAsync(Api, cancellationToken))
        .Where(found => found.CertificateArn != arn && found.Type is CertificateType.AMAZON_ISSUED)
        .SelectMany(found => found.SubjectAlternativeNameSummaries.Append(found.DomainName))
        .Select(BareName)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A wildcard and its apex are proved by the same record.</summary>
    private static string BareName(string name) => name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;

    private static ResourceRecordSet ToRecord(Api.Acm.ResourceRecord record) => new()
    {
        Name = record.Name,
        Type = record.Type,
        TTL = ValidationTtlSeconds,
        ResourceRecords = [new ResourceRecord { Value = record.Value }],
    };

    private async Task<CertificateDetail> DescribeAsync(string arn, CancellationToken cancellationToken) =>
        (await Api.Acm.DescribeCertificateAsync(new() { CertificateArn = arn }, cancellationToken)).Certificate;
}
