using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Aws.Api;

internal static class AwsTelemetry
{
    public static readonly CallTelemetry Calls = new("Gwctl.Providers.Aws", "aws");
}
