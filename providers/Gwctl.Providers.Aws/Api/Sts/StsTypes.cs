using Gwctl.Providers.Aws.Api.Wire;

namespace Gwctl.Providers.Aws.Api.Sts;

public sealed record GetCallerIdentityRequest : IWireShape
{
    void IWireShape.Write(WireWriter to)
    {
    }
}

public sealed record GetCallerIdentityResponse
{
    public required string UserId { get; init; }
    public required string Account { get; init; }
    public required string Arn { get; init; }

    internal static GetCallerIdentityResponse Read(WireNode from) => new()
    {
        UserId = from.Text("UserId"),
        Account = from.Text("Account"),
        Arn = from.Text("Arn"),
    };
}
