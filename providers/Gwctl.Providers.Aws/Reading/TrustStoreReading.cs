using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Reads trust stores. Most Gateways have none: without a sign of one nothing is asked.</summary>
internal sealed class TrustStoreReading(AwsApi api, Wanted wanted)
{
    private const string ArnPart = ":truststore/";

    public async Task<IReadOnlyList<TrustStore>> ReadAsync(Task<TagIndex> hint, CancellationToken cancellationToken)
    {
        var tags = await hint;
        if (!wanted.OfKind(Kinds.TrustStore).Any() && !tags.HintedArns.Any(IsTrustStore))
        {
            return [];
        }

        var stores = await api.Elbv2
            .DescribeAllTrustStoresAsync(new() { PageSize = Elbv2Limits.PageSizeMax }, cancellationToken)
            .ToListAsync(cancellationToken);

        // Their marks change with the bundle, and the hint is late: what may be ours is asked.
        var candidates = stores
            .Where(store => store is { TrustStoreArn: { } arn, Name: { } name }
                && (tags.IsHinted(arn) || wanted.Named(Kinds.TrustStore, name) is not null || AwsNames.MayBeOurs(name)))
            .Select(store => store.TrustStoreArn ?? "");
        var gone = await tags.ConfirmAsync(candidates, cancellationToken);
        return stores.FindAll(store => store.TrustStoreArn is { } arn && !gone.Contains(arn));
    }

    private static bool IsTrustStore(string arn) => arn.Contains(ArnPart, StringComparison.Ordinal);
}
