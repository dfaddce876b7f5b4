using System.Globalization;
using Gwctl.Sandbox.DataPlane.Listeners;
using Gwctl.Sandbox.DataPlane.Targets;
using Gwctl.Sandbox.Gcp.Compute;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Proxies;

/// <summary>Backend services as they live. One that nothing of has changed stays the same object.</summary>
internal sealed class ServiceBook(TargetBook targets)
{
    private const int SecurePort = 443;

    private Dictionary<string, Made<LiveService>> _services = new(StringComparer.Ordinal);
    private Dictionary<string, Made<LiveService>> _used = new(StringComparer.Ordinal);

    public IEnumerable<LiveService> Used => _used.Values.Select(made => made.Value);

    /// <summary>From here on, services are those of a new moment; who is not taken again is forgotten.</summary>
    public void Begin() =>
        (_services, _used) = (_used, new Dictionary<string, Made<LiveService>>(StringComparer.Ordinal));

    /// <returns>Null where the state has no such service.</returns>
    public LiveService? Take(Tables tables, ComputeName name)
    {
        if (_used.TryGetValue(name.Link, out var taken))
        {
            return taken.Value;
        }

        if (tables.Rows(name.Table).GetValueOrDefault(name.Key) is not { } document)
        {
            return null;
        }

        var check = document.Texts("healthChecks").Select(link => Find(tables, link).Document).FirstOrDefault();
        var groups = document.Structs("backends")
            .Where(backend => backend["capacityScaler"] is not NumberValue { Content: 0 })
            .Select(backend => Find(tables, backend.Text("group")))
            .ToList();
        object[] sources =
        [
            document,
            .. check is null ? Array.Empty<object>() : [check],
            .. groups.Select(group => group.Document).OfType<object>(),
            .. groups.Select(group => group.Name).OfType<ComputeName>()
                .Select(group => tables.Rows(EndpointGroups.TableOf(group))),
        ];
        var made = _services.TryGetValue(name.Link, out var known) && known.IsOf(sources)
            ? known
            : new Made<LiveService>(Make(tables, name, document, check, groups), sources);
        _used[name.Link] = made;
        return made.Value;
    }

    private LiveService Make(
        Tables tables, ComputeName name, Struct document, Struct? check,
        IEnumerable<(ComputeName? Name, Struct? Document)> groups)
    {
        var live = groups
            .SelectMany(group => AddressesOf(tables, group.Name, group.Document))
            .Distinct()
            .Select(address => targets.Take(new BackendAddress(name.Link, name.Name, address.Id, address.Port)));
        return LiveService.Of(document, name.Link, check, live, targets.TurnsOf(name.Link));
    }

    /// <summary>A serverless group stands for one endpoint, which has the name of what it runs.</summary>
    private static IEnumerable<(string Id, int Port)> AddressesOf(Tables tables, ComputeName? name, Struct? group)
    {
        if (name is null || group is null)
        {
            return [];
        }

        if (group.Text("networkEndpointType") is "SERVERLESS")
        {
            return [(group.Member("cloudRun")?.Text("service") ?? name.Name, SecurePort)];
        }

        return tables.Rows(EndpointGroups.TableOf(name)).Values.Select(endpoint => (
            endpoint.Text("ipAddress") ?? endpoint.Text("fqdn") ?? "",
            Convert.ToInt32(endpoint.Number("port") ?? 0, CultureInfo.InvariantCulture)));
    }

    private static (ComputeName? Name, Struct? Document) Find(Tables tables, string? link) =>
        link is not null && ComputeName.Parse(link, "") is { } name
            ? (name, tables.Rows(name.Table).GetValueOrDefault(name.Key))
            : (null, null);
}
