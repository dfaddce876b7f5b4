using System.Collections.Concurrent;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>What ACM answered.</summary>
/// <param name="All">Every certificate of the region.</param>
/// <param name="Details">By ARN, of ours that were requested, where the reading is deep.</param>
internal sealed record CertificateSnapshot(
    IReadOnlyList<CertificateSummary> All, IReadOnlyDictionary<string, CertificateDetail> Details);

/// <summary>Reads ACM: one list of all certificates answers discovery by hostname too, as it names the alternative
/// names.</summary>
internal sealed class CertificateReading(
    AwsApi api, ReadScope scope, Wanted wanted, TimeProvider clock, ReadDepth depth)
{
    private const int ListItemsMax = 1_000;

    /// <summary>How long the tagging API may not know a certificate. The list says when each was made: only the
    /// younger ones that it does not know are asked for their tags.</summary>
    private static readonly TimeSpan HintLagMax = TimeSpan.FromMinutes(30);

    /// <summary>ACM lists RSA 1024 and 2048 alone unless all are named.</summary>
    private static readonly EquatableList<string> KeyTypes =
    [
        KeyAlgorithm.RSA_1024, KeyAlgorithm.RSA_2048, KeyAlgorithm.RSA_3072, KeyAlgorithm.RSA_4096,
        KeyAlgorithm.EC_prime256v1, KeyAlgorithm.EC_secp384r1, KeyAlgorithm.EC_secp521r1,
    ];

    public async Task<CertificateSnapshot> ReadAsync(Task<TagIndex> hint, CancellationToken cancellationToken)
    {
        var all = await ListAsync(api, cancellationToken);
        var tags = await hint;
        var since = clock.GetUtcNow() - HintLagMax;
        var doubtful = all.Where(found => tags.IsHinted(found.CertificateArn)
            ? !AgreesWithHint(tags[found.CertificateArn], found)
            : (found.ImportedAt ?? found.CreatedAt) >= since);
        await Fanout.MapAsync(
            doubtful.Select(found => found.CertificateArn).ToList(),
            async (arn, stop) => await ConfirmAsync(tags, arn, stop),
            cancellationToken);
        var requested = all.Where(found => found.Type is CertificateType.AMAZON_ISSUED
            && tags[found.CertificateArn] is var marks && marks[Marks.Owner] == scope.Owner
            && (depth is ReadDepth.Deep || IsUnwanted(marks)));
        var details = new ConcurrentDictionary<string, CertificateDetail>();
        await Fanout.MapAsync(
            requested.Select(found => found.CertificateArn).ToList(),
            (arn, stop) => DescribeAsync(details, arn, stop),
            cancellationToken);
        return new CertificateSnapshot(all, details);
    }

    public static async Task<IReadOnlyList<CertificateSummary>> ListAsync(
        AwsApi api, CancellationToken cancellationToken) =>
        await api.Acm.ListAllCertificatesAsync(
            new() { Includes = new Filters { KeyTypes = KeyTypes }, MaxItems = ListItemsMax }, cancellationToken)
            .ToListAsync(cancellationToken);

    public static string KindOf(CertificateSummary certificate) =>
        certificate.Type is CertificateType.IMPORTED ? Kinds.ImportedCertificate : Kinds.RequestedCertificate;

    /// <summary>Its deletion wants to know its validation records.</summary>
    private bool IsUnwanted(Tags marks) =>
        Marks.AddressOf(scope.Name, Kinds.RequestedCertificate, marks) is not { } address || wanted[address] is null;

    /// <summary>Whether tags that can change are as wanted; a late hint of a re-import would have it
    /// repeated.</summary>
    private bool AgreesWithHint(Tags tags, CertificateSummary certificate)
    {
        if (Marks.AddressOf(scope.Name, KindOf(certificate), tags) is not { } address
            || wanted[address] is not { } node)
        {
            return true;
        }

        return UserTags.Agree(tags, node.Attributes)
            && SameDigest(node.Attributes["chain"], tags[Marks.ChainDigest])
            && SameDigest(node.Attributes["privateKey"], tags[Marks.PrivateKeyDigest]);
    }

    private static bool SameDigest(AttributeValue? secret, string? digest) =>
        secret is not AttributeValue.Secret { Digest: var wantedDigest } || wantedDigest == digest;

    private static async Task<bool> ConfirmAsync(TagIndex tags, string arn, CancellationToken cancellationToken)
    {
        try
        {
            await tags.ConfirmCertificateAsync(arn, cancellationToken);
            return true;
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> DescribeAsync(
        ConcurrentDictionary<string, CertificateDetail> details, string arn, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.Acm.DescribeCertificateAsync(new() { CertificateArn = arn }, cancellationToken);
            return details.TryAdd(arn, answer.Certificate);
        }
        catch (AwsApiException exception) when (exception.NotFound)
        {
            return false;
        }
    }
}
