using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Route53;

/// <summary>What a health check's settings must be, and what they are where nobody says.</summary>
internal static class HealthCheckRules
{
    private const string Tcp = "TCP";
    private const int HttpPort = 80;
    private const int HttpsPort = 443;
    private const int IntervalDefault = 30;
    private const int FastInterval = 10;
    private const int FailureThresholdDefault = 3;

    public static Struct WithDefaults(Struct given)
    {
        var type = given.Required("Type");
        if (!IsOfEndpoint(type))
        {
            return new Struct { { "Inverted", false }, { "Disabled", false } }.Merge(given);
        }

        var defaults = new Struct
        {
            { "Port", type is Tcp ? null : IsHttps(type) ? HttpsPort : HttpPort },
            { "RequestInterval", IntervalDefault },
            { "FailureThreshold", FailureThresholdDefault },
            { "MeasureLatency", false },
            { "Inverted", false },
            { "Disabled", false },
            { "EnableSNI", IsHttps(type) },
        };
        return defaults.Merge(given);
    }

    public static void Validate(Struct config)
    {
        var type = config.Required("Type");
        if (!IsOfEndpoint(type))
        {
            return;
        }

        if (!config.Has("IPAddress") && !config.Has("FullyQualifiedDomainName"))
        {
            throw Invalid("Either an IP address or a fully qualified domain name must be specified.");
        }

        if (type is Tcp && config.Has("ResourcePath"))
        {
            throw Invalid("TCP health checks must not have a resource path specified.");
        }

        if (!config.Has("Port"))
        {
            throw Invalid("TCP health checks must have a port specified.");
        }

        if (config.Number("RequestInterval") is not (IntervalDefault or FastInterval))
        {
            throw Invalid($"The request interval must be {FastInterval} or {IntervalDefault} seconds.");
        }

        if (type.EndsWith("_STR_MATCH", StringComparison.Ordinal) != config.Has("SearchString"))
        {
            throw Invalid("A search string goes with the types that match strings, and with no other.");
        }
    }

    public static bool IsHttps(string type) => type.StartsWith("HTTPS", StringComparison.Ordinal);

    /// <summary>True where something is dialled.</summary>
    public static bool IsOfEndpoint(string type) =>
        type is Tcp || type.StartsWith("HTTP", StringComparison.Ordinal);

    public static AwsException Invalid(string message) => new("InvalidInput", message);
}
