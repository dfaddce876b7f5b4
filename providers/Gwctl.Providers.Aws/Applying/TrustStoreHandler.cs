using System.Text;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Trust stores, and the objects in S3 that their bundles come from. An object's key holds the digest of what
/// is in it: writing it twice changes nothing, and deleting it takes nothing from a trust store, which has its own
/// copy.</summary>
internal sealed class TrustStoreHandler(ApplyContext context) : AwsHandler(context)
{
    private const string ContentType = "application/x-pem-file";

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var place = await UploadAsync(after, cancellationToken);
        var tags = Context.TagsOf(call.Step.Address, after).With(Marks.Location, after.TextOf("location"));
        try
        {
            var request = new CreateTrustStoreRequest
            {
                Name = after.TextOf("name"),
                CaCertificatesBundleS3Bucket = place.Bucket,
                CaCertificatesBundleS3Key = place.Key,
                Tags = tags.ToElbv2(),
            };
            var created = await Api.Elbv2.CreateTrustStoreAsync(request, cancellationToken);
            return Outcome(created.TrustStores[0].TrustStoreArn);
        }
        catch (AwsApiException exception) when (exception.OutcomeUnknown || exception.Code is "DuplicateTrustStoreName")
        {
            var found = await FindAsync(new() { Names = [after.TextOf("name")] }, cancellationToken);
            if (found?.TrustStoreArn is not { } arn)
            {
                throw AwsFailures.From(exception, $"creating {call.Step.Address}");
            }

            var live = await ElbTagging.ReadAsync(Api, arn, cancellationToken);
            if (!Context.Owns(live, call.Step.Address))
            {
                throw ApplyFailures.Common.InTheWay(call.Step.Address, arn, Marks.OwnerText(live));
            }

            await ModifyAsync(arn, live[Marks.Location], after, place, cancellationToken);
            return Outcome(arn);
        }
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = IdOf(call, "arn");
        var tags = await ElbTagging.ReadAsync(Api, arn, cancellationToken);
        if (!Context.Owns(tags, call.Step.Address))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, arn);
        }

        if (Changes(call, "location"))
        {
            var place = await UploadAsync(after, cancellationToken);
            await ModifyAsync(arn, tags[Marks.Location], after, place, cancellationToken);
        }

        await ElbTagging.UpdateAsync(Context, call, arn, after, cancellationToken);
        return Outcome(arn);
    }

    public override async Task DeleteAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = call.Step.LiveId;
        if (!await ElbTagging.MayDeleteAsync(Context, call, arn, cancellationToken))
        {
            return;
        }

        await Context.UntilAsync(call, Context.Waits.UnusedMax, async stop =>
        {
            try
            {
                await Api.Elbv2.DeleteTrustStoreAsync(new() { TrustStoreArn = arn }, stop);
                return null;
            }
            catch (AwsApiException exception) when (exception.Code is "TrustStoreInUse")
            {
                return "trust store still in use";
            }
        }, cancellationToken);
        await DropAsync(Before(call).TextOrNull("location"), cancellationToken);
    }

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address);
        await ElbTagging.AddAsync(Api, call.Step.LiveId, marks, cancellationToken);
        return Outcome(call.Step.LiveId);
    }

    public override Task ReadyAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arn = IdOf(call, "arn");
        return Context.UntilAsync(call, Context.Waits.LoadBalancerMax, async stop =>
        {
            var found = await FindAsync(new() { TrustStoreArns = [arn] }, stop)
                ?? throw ApplyFailures.Common.NotThere(call.Step.Address);
            return found.Status is TrustStoreStatus.ACTIVE ? null : $"trust store {found.Status}";
        }, cancellationToken);
    }

    private static StepOutcome Outcome(string? arn) => new(arn ?? "", AttributeMap.Empty.Put("arn", arn));

    private async Task<BundlePlace> UploadAsync(AttributeMap after, CancellationToken cancellationToken)
    {
        var place = BundlePlace.Parse(after.TextOf("location"));
        await Api.S3.PutObjectAsync(
            new()
            {
                Bucket = place.Bucket,
                Key = place.Key,
                ContentType = ContentType,
                Body = Encoding.UTF8.GetBytes(after.TextOf("bundle")),
            },
            cancellationToken);
        return place;
    }

    /// <summary>The mark comes last, so that it never promises what a crash prevented.</summary>
    private async Task ModifyAsync(
        string arn, string? oldLocation, AttributeMap after, BundlePlace place, CancellationToken cancellationToken)
    {
        await Api.Elbv2.ModifyTrustStoreAsync(
            new()
            {
                TrustStoreArn = arn,
                CaCertificatesBundleS3Bucket = place.Bucket,
                CaCertificatesBundleS3Key = place.Key,
            },
            cancellationToken);
        var location = after.TextOf("location");
        await ElbTagging.AddAsync(
            Api, arn, new Tags([KeyValuePair.Create(Marks.Location, location)]), cancellationToken);
        if (oldLocation != location)
        {
            await DropAsync(oldLocation, cancellationToken);
        }
    }

    private async Task DropAsync(string? location, CancellationToken cancellationToken)
    {
        if (location is not null)
        {
            var place = BundlePlace.Parse(location);
            await Api.S3.DeleteObjectAsync(new() { Bucket = place.Bucket, Key = place.Key }, cancellationToken);
        }
    }

    private async Task<TrustStore?> FindAsync(DescribeTrustStoresRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Api.Elbv2.DescribeTrustStoresAsync(request, cancellationToken);
            return answer.TrustStores is [var found, ..] ? found : null;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return null;
        }
    }
}

/// <summary>An object in S3.</summary>
internal readonly record struct BundlePlace(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary><c>s3://bucket/key</c>.</summary>
    public override string ToString() => $"{Scheme}{Bucket}/{Key}";

    /// <exception cref="FormatException">It is not of that form.</exception>
    public static BundlePlace Parse(string location)
    {
        var parts = location.StartsWith(Scheme, StringComparison.Ordinal)
            ? location[Scheme.Length..].Split('/', 2)
            : [];
        return parts is [var bucket, var key]
            ? new BundlePlace(bucket, key)
            : throw new FormatException($"'{location}' names no object in S3.");
    }
}
