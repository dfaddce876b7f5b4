using System.Text.RegularExpressions;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp.CertificateManager;
using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.Gcp.Dns;
using Gwctl.Sandbox.Gcp.Wire;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>The services behind the one port, and how a request finds its operation: by path, whatever stands before
/// it.</summary>
internal static partial class GcpServices
{
    private static readonly GcpService[] All =
    [
        ComputeService.Create(), DnsService.Create(), CertificateManagerService.Create(),
    ];

    private static readonly ILookup<string, GcpRoute> Routes = All
        .SelectMany(service => service.Contract.Operations.Values
            .Where(operation => service.Handlers.ContainsKey(operation.Name))
            .Select(operation => new GcpRoute(service, operation)))
        .ToLookup(route => route.Service.Name, StringComparer.Ordinal);

    /// <summary>The request's service and its path there; null where it is none of Google's.</summary>
    public static (string Service, string Path)? Find(WireRequest request)
    {
        if (request.Header("authorization").StartsWith("AWS4", StringComparison.Ordinal)
            || request.Query.Contains("X-Amz-Signature", StringComparison.Ordinal)
            || Form().Match(request.Path) is not { Success: true } match)
        {
            return null;
        }

        var service = match.Groups["service"] is { Success: true } named ? named.Value : "certificatemanager";
        return (service, match.Groups["path"].Value);
    }

    /// <summary>The operation's route with the path's variables; null where no operation has the path.</summary>
    public static (GcpRoute Route, Struct Variables)? Route(string service, string method, string path)
    {
        foreach (var route in Routes[service])
        {
            if (route.Match(method, path) is { } variables)
            {
                return (route, variables);
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\A(?:/[^?]*?)?(?<path>/(?:(?<service>compute|dns)/v1/projects/|v1/projects/[^/]+/locations).*)\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
