using System.Text;
using Gwctl.Core;
using Gwctl.Engine.Providers;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api;
using Gwctl.Providers.Aws.Api.Acm;
using Gwctl.Providers.Aws.Reading;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>Certificates imported from TLS Secrets. A rotation is imported over the same ARN, so that no listener has
/// to change.</summary>
internal sealed class ImportedCertificateHandler(ApplyContext context) : AwsHandler(context)
{
    private const string EndMarker = "-----END CERTIFICATE-----";

    public override async Task<StepOutcome> CreateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var tags = Context.TagsOf(call.Step.Address, after).With(Digests(after));
        try
        {
            var created = await Api.Acm.ImportCertificateAsync(
                Request(call, after) with { Tags = tags.ToAcm() }, cancellationToken);
            return CertificateCalls.Outcome(created.CertificateArn);
        }
        catch (AwsApiException exception) when (exception.OutcomeUnknown)
        {
            var made = await CertificateCalls.FindMadeAsync(
                Context, call.Step.Address, found => found.Type is CertificateType.IMPORTED, cancellationToken)
                ?? throw AwsFailures.From(exception, $"importing {call.Step.Address}");
            return CertificateCalls.Outcome(made);
        }
    }

    public override async Task<StepOutcome> UpdateAsync(StepCall call, CancellationToken cancellationToken)
    {
        var after = After(call);
        var arn = IdOf(call, "arn");
        if (await CertificateCalls.TagsAsync(Api, arn, cancellationToken) is not { } tags)
        {
            throw ApplyFailures.Common.NotThere(call.Step.Address);
        }

        if (!Context.Owns(tags, call.Step.Address))
        {
            throw ApplyFailures.Common.NotOurs(call.Step.Address, arn);
        }

        if (Changes(call, "chain") || Changes(call, "privateKey"))
        {
            await Api.Acm.ImportCertificateAsync(Request(call, after) with { CertificateArn = arn }, cancellationToken);

            // A repeated import takes no tags; a crash before this line has the import repeated, which does no harm.
            await CertificateCalls.AddTagsAsync(Api, arn, new Tags(Digests(after)), cancellationToken);
        }

        await CertificateCalls.UpdateTagsAsync(Context, call, arn, after, cancellationToken);
        return CertificateCalls.Outcome(arn);
    }

    public override Task DeleteAsync(StepCall call, CancellationToken cancellationToken) =>
        CertificateCalls.DeleteAsync(Context, call, cancellationToken);

    public override async Task<StepOutcome> AdoptAsync(StepCall call, CancellationToken cancellationToken)
    {
        var marks = Marks.Of(Context.Scope.Owner, call.Step.Address);
        await CertificateCalls.AddTagsAsync(Api, call.Step.LiveId, marks, cancellationToken);
        return CertificateCalls.Outcome(call.Step.LiveId);
    }

    private static ImportCertificateRequest Request(StepCall call, AttributeMap after)
    {
        var (leaf, chain) = Split(call.Reveal(SecretOf(after, "chain")).Reveal());
        return new ImportCertificateRequest
        {
            Certificate = Encoding.UTF8.GetBytes(leaf),
            // Without the cast a null array becomes an empty chain, which ACM refuses.
            CertificateChain = chain is "" ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(chain),
            PrivateKey = Encoding.UTF8.GetBytes(call.Reveal(SecretOf(after, "privateKey")).Reveal()),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Digests(AttributeMap after) =>
    [
        KeyValuePair.Create(Marks.ChainDigest, SecretOf(after, "chain").Digest),
        KeyValuePair.Create(Marks.PrivateKeyDigest, SecretOf(after, "privateKey").Digest),
    ];

    private static AttributeValue.Secret SecretOf(AttributeMap after, string name)
    {
        var secret = after[name] as AttributeValue.Secret;
        Invariant.Holds(secret is not null);
        return secret;
    }

    /// <summary>A Secret holds the leaf and its issuers in one text; ACM takes them apart.</summary>
    private static (string Leaf, string Chain) Split(string pem)
    {
        var end = pem.IndexOf(EndMarker, StringComparison.Ordinal);
        return end < 0
            ? (pem, "")
            : (pem[..(end + EndMarker.Length)], pem[(end + EndMarker.Length)..].Trim());
    }
}
