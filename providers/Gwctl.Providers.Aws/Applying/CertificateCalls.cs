using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>What both kinds of ACM certificate need.</summary>
internal static class CertificateCalls
{
    public static StepOutcome Outcome(string arn) => new(arn, AttributeMap.Empty.Put("arn", arn));

    public static async Task<Tags?> TagsAsync(AwsApi api, string arn, CancellationToken cancellationToken)
    {
        try
        {
            return Tags.From(
                (await api.Acm.ListTagsForCertificateAsync(new() { CertificateArn = arn }, cancellationToken)).Tags);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }

    public static Task AddTagsAsync(AwsApi api, string arn, Tags tags, CancellationToken cancellationToken) =>
        api.Acm.AddTagsToCertificateAsync(new() { CertificateArn = arn, Tags = tags.ToAcm() }, cancellationToken);

    public static async Task UpdateTagsAsync(
        ApplyContext context, StepCall call, string arn, AttributeMap after, CancellationToken cancellationToken)
    {
        await TagChange.Between(call.Step.Before ?? AttributeMap.Empty, after).MakeAsync(
            removed => context.Api.Acm.RemoveTagsFromCertificateAsync(
                new() { CertificateArn = arn, Tags = [.. removed.Select(name => new Tag { Key = name })] },
                cancellationToken),
            added => AddTagsAsync(context.Api, arn, added, cancellationToken));
    }

    /// <summary>A certificate that a lost call made: it bears the address's marks, and the list says it is
    /// young.</summary>
    public static async Task<string?> FindMadeAsync(
        ApplyContext context,
        ResourceAddress address,
        Func<CertificateSummary, bool> mayBe,
        CancellationToken cancellationToken)
    {
        var all = await CertificateReading.ListAsync(context.Api, cancellationToken);
        foreach (var certificate in all.Where(mayBe))
        {
            var tags = await TagsAsync(context.Api, certificate.CertificateArn, cancellationToken);
            if (tags is not null && context.Owns(tags, address))
            {
                return certificate.CertificateArn;
            }
        }

        return null;
    }

    /// <summary>Makes a call that puts certificates to use, and makes it again while one of them is not issued yet
    /// (an earlier run was killed while it waited for that) or not known to the load balancer yet.</summary>
    public static async Task UseAsync(
        ApplyContext context,
        StepCall call,
        IEnumerable<string> arns,
        Func<CancellationToken, Task> use,
        CancellationToken cancellationToken)
    {
        var certificates = arns.ToList();
        await context.UntilAsync(call, context.Waits.CertificateMax, async stop =>
        {
            try
            {
                return await Eventually.KnownAsync<string?>(
                    context,
                    call,
                    exception => exception.Code is "CertificateNotFound" && certificates.Count > 0,
                    async soon =>
                    {
                        await use(soon);
                        return null;
                    },
                    stop);
            }
            catch (AwsApiException exception) when (exception.Code is "UnsupportedCertificate")
            {
                if (await PendingAsync(context.Api, certificates, stop) is { } pending)
                {
                    return pending;
                }

                throw;
            }
        }, cancellationToken);
    }

    /// <summary>ACM learns late that a listener let go of a certificate.</summary>
    public static async Task DeleteAsync(ApplyContext context, StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        if (await TagsAsync(context.Api, arn, cancellationToken) is not { } tags)
        {
            return;
        }

        Deletion.Check(context, call, arn, tags);
        await context.UntilAsync(call, context.Waits.UnusedMax, async stop =>
        {
            try
            {
                await context.Api.Acm.DeleteCertificateAsync(new() { CertificateArn = arn }, stop);
                return null;
            }
            catch (AwsApiException exception) when (exception.Code is "ResourceInUse")
            {
                return "certificate still in use";
            }
            catch (AwsApiException exception) when (exception.NotFound)
            {
                return null;
            }
        }, cancellationToken);
    }

    /// <summary>Null where every certificate is issued, or will never be: then the refusal stands.</summary>
    private static async Task<string?> PendingAsync(
        AwsApi api, IEnumerable<string> arns, CancellationToken cancellationToken)
    {
        foreach (var arn in arns)
        {
            var found = await api.Acm.DescribeCertificateAsync(new() { CertificateArn = arn }, cancellationToken);
            if (found.Certificate.Status is CertificateStatus.PENDING_VALIDATION)
            {
                return $"certificate of {found.Certificate.DomainName} pending validation";
            }
        }

        return null;
    }
}
