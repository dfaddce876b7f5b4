using Gwctl.Sandbox.Aws.Route53;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Dns.Checks;

/// <summary>A health check of Route 53's that dials an endpoint.</summary>
/// <param name="Type">Such as <c>HTTPS</c>.</param>
/// <param name="Host">What is looked up where there is no address, and sent as Host; empty where only the address is
/// given.</param>
/// <param name="Address">An IP address; null where the name is looked up.</param>
/// <param name="Sni">The host is sent as server name.</param>
/// <param name="Search">What the body must hold; null where only the status counts.</param>
/// <param name="Threshold">Checks in a row that turn the verdict, either way.</param>
internal sealed record EndpointCheck(
    string Id,
    string Type,
    string Host,
    string? Address,
    int Port,
    string Path,
    bool Sni,
    string? Search,
    TimeSpan Interval,
    int Threshold,
    bool IsInverted,
    bool IsDisabled)
{
    public bool IsHttps => HealthCheckRules.IsHttps(Type);

    /// <summary>Null for one that looks at something else than an endpoint.</summary>
    public static EndpointCheck? Of(Struct check, TimeSpan? interval)
    {
        var config = check.Member("HealthCheckConfig") ?? [];
        var type = config.Required("Type");
        return HealthCheckRules.IsOfEndpoint(type)
            ? new EndpointCheck(
                check.Required("Id"),
                type,
                config.Text("FullyQualifiedDomainName") ?? "",
                config.Text("IPAddress"),
                (int)(config.Number("Port") ?? 0),
                config.Text("ResourcePath") is { Length: > 0 } path ? $"/{path.TrimStart('/')}" : "/",
                config.Flag("EnableSNI") is true,
                config.Text("SearchString"),
                interval ?? TimeSpan.FromSeconds(config.Number("RequestInterval") ?? 0),
                (int)(config.Number("FailureThreshold") ?? 1),
                config.Flag("Inverted") is true,
                config.Flag("Disabled") is true)
            : null;
    }
}
