using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Elbv2;

/// <summary>How an HTTPS listener treats clients' certificates.</summary>
internal static class MutualAuthentication
{
    private const string Member = "MutualAuthentication";

    /// <summary>The request's setting, or the one from before, or off: defaults filled in.</summary>
    /// <exception cref="AwsException">The mode is unknown, or does not go with what else is given.</exception>
    public static Struct Wanted(Call call, Struct before)
    {
        if (call.Input.Member(Member) is not { } given)
        {
            return before.Member(Member) ?? new Struct { { "Mode", "off" } };
        }

        var mode = given.Text("Mode");
        if (mode is not ("off" or "passthrough" or "verify"))
        {
            throw Elbv2State.Invalid(
                $"Mutual authentication mode '{mode}' must be one of 'off, passthrough, verify'");
        }

        if (mode is "verify")
        {
            return Verify(call, given);
        }

        var stray = given.FirstOrDefault(member => member.Key is not "Mode").Key;
        return stray is null
            ? new Struct { { "Mode", mode } }
            : throw Elbv2State.Invalid($"'{stray}' cannot be specified for mutual authentication mode '{mode}'");
    }

    /// <summary>Notes that the listener verifies clients against its trust store, which then cannot be
    /// deleted.</summary>
    public static void Use(Call call, Struct listener)
    {
        if (TrustStoreOf(listener) is { } store)
        {
            call.State.Put(
                Elbv2State.TrustStoreUses(call.Scope, store), listener.Required("ListenerArn"),
                new Struct { { "LoadBalancerArn", listener.Required("LoadBalancerArn") } });
        }
    }

    public static void Release(Call call, Struct listener)
    {
        if (TrustStoreOf(listener) is { } store)
        {
            call.State.Delete(Elbv2State.TrustStoreUses(call.Scope, store), listener.Required("ListenerArn"));
        }
    }

    private static string? TrustStoreOf(Struct listener) => listener.Member(Member)?.Text("TrustStoreArn");

    private static Struct Verify(Call call, Struct given)
    {
        var store = given.Text("TrustStoreArn")
            ?? throw Elbv2State.Invalid("A trust store ARN must be specified for mutual authentication mode 'verify'");
        if (given.Has("TrustStoreAssociationStatus"))
        {
            throw Elbv2State.Invalid("'TrustStoreAssociationStatus' cannot be specified");
        }

        Elbv2State.TrustStore(call, store);
        return new Struct
        {
            { "Mode", "verify" },
            { "TrustStoreArn", store },
            { "IgnoreClientCertificateExpiry", given.Flag("IgnoreClientCertificateExpiry") ?? false },
            { "AdvertiseTrustStoreCaNames", given.Text("AdvertiseTrustStoreCaNames") ?? "off" },
        };
    }
}
