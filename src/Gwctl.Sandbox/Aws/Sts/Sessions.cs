using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Sts;

/// <summary>Temporary keys that were given out.</summary>
internal static class Sessions
{
    private const string Table = "sts/session";

    public static Session? Find(Transaction state, string accessKeyId) =>
        state.Get(Table, accessKeyId) is { } document
            ? new Session(
                new Caller(
                    accessKeyId, document.Required("Account"), document.Required("Arn"), document.Required("UserId")),
                document.Required("SecretAccessKey"),
                document.Required("SessionToken"),
                document.Time("Expiration") ?? DateTimeOffset.MinValue)
            : null;

    public static void Put(Transaction state, Session session) =>
        state.Put(Table, session.Caller.AccessKeyId, new Struct
        {
            { "Account", session.Caller.AccountId },
            { "Arn", session.Caller.Arn },
            { "UserId", session.Caller.UserId },
            { "SecretAccessKey", session.SecretAccessKey },
            { "SessionToken", session.SessionToken },
            { "Expiration", session.Expiration },
        });
}

internal sealed record Session(Caller Caller, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration);
