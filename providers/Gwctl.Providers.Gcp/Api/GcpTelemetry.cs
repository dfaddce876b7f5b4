using Gwctl.Engine.Calls;

namespace Gwctl.Providers.Gcp.Api;

internal static class GcpTelemetry
{
    public static readonly CallTelemetry Calls = new("Gwctl.Providers.Gcp", "gcp");
}
