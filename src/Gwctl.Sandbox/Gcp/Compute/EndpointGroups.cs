using System.Net;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Network endpoint groups and their endpoints. Endpoints are rows of a table of their own for each group, so
/// that a call costs what it changes.</summary>
internal static class EndpointGroups
{
    public const string Collection = "networkEndpointGroups";

    private static readonly string[] ServerlessMembers = ["cloudRun", "cloudFunction", "appEngine"];

    public static Struct Complete(Draft draft)
    {
        var content = draft.Content;
        var scope = draft.Name.Scope.Kind;
        var type = content.Text("networkEndpointType")
            ?? (scope is ScopeKind.Zone ? "GCE_VM_IP_PORT" : throw GcpErrors.Required("resource.networkEndpointType"));
        content = content.With("networkEndpointType", type);
        var fits = (type, scope) is ("GCE_VM_IP_PORT" or "GCE_VM_IP" or "NON_GCP_PRIVATE_IP_PORT", ScopeKind.Zone)
            or ("SERVERLESS", ScopeKind.Region)
            or ("INTERNET_FQDN_PORT" or "INTERNET_IP_PORT", ScopeKind.Global or ScopeKind.Region)
            or ("PRIVATE_SERVICE_CONNECT", ScopeKind.Region);
        if (!fits)
        {
            throw GcpErrors.Invalid(
                "resource.networkEndpointType", type, $"Not possible in scope '{draft.Name.Scope.Path}'.");
        }

        if (type is "SERVERLESS" != ServerlessMembers.Any(content.Has)
            || ServerlessMembers.Count(content.Has) > 1)
        {
            throw GcpErrors.Invalid(
                "resource.networkEndpointType", type,
                "A serverless group needs exactly one of cloudRun, cloudFunction and appEngine; others take none.");
        }

        if (scope is not ScopeKind.Zone)
        {
            return content;
        }

        return content.Has("network") ? content : content.With(
            "network", new ComputeName(draft.Name.Project, ComputeScope.Global, "networks", "default").Link);
    }

    public static Struct Show(GcpCall call, ComputeName name, Struct document) =>
        document.Text("networkEndpointType") is "SERVERLESS"
            ? document
            : document.With("size", call.State.Rows(TableOf(name)).Count);

    /// <summary>The endpoints of a group that is deleted.</summary>
    public static IEnumerable<StateChange> Rows(GcpCall call, ComputeName name) =>
        call.State.Rows(TableOf(name)).Keys.Select(key => new StateChange(TableOf(name), key, null));

    public static string TableOf(ComputeName group) =>
        $"gcp/{group.Project}/compute/endpoints/{group.Scope.Path}/{group.Name}";

    public static Struct Attach(GcpCall call, ComputeName name)
    {
        var group = Group(call, name);
        var endpoints = ReadAll(call, group);
        var table = TableOf(name);
        var added = endpoints.Where(endpoint => call.State.Get(table, KeyOf(endpoint)) is null).ToList();
        if (call.State.Rows(table).Count + added.Count > call.Quotas.EndpointsPerGroup)
        {
            throw GcpErrors.Quota("ENDPOINTS_PER_NETWORK_ENDPOINT_GROUP", call.Quotas.EndpointsPerGroup, "");
        }

        var settled = call.Now + call.Options.Delays.Operation;
        return ComputeOperations.Start(
            call, name, "attachNetworkEndpoints", group.Required("id"),
            added.Select(endpoint => new StateChange(table, KeyOf(endpoint), endpoint.With("@since", settled))));
    }

    public static Struct Detach(GcpCall call, ComputeName name)
    {
        var group = Group(call, name);
        var table = TableOf(name);
        var endpoints = ReadAll(call, group);
        foreach (var endpoint in endpoints.Where(endpoint => call.State.Get(table, KeyOf(endpoint)) is null))
        {
            throw GcpErrors.Invalid(
                "resource.networkEndpoints", "", $"The network endpoint {KeyOf(endpoint)} is not in the group.");
        }

        return ComputeOperations.Start(
            call, name, "detachNetworkEndpoints", group.Required("id"),
            endpoints.Select(endpoint => new StateChange(table, KeyOf(endpoint), null)));
    }

    public static Struct List(GcpCall call, ComputeName name)
    {
        ComputeRows.Get(call.State, name);
        var withHealth = call.Body.Text("healthStatus") is "SHOW";
        var filter = ListFilter.Parse(call.Input.Text("filter") ?? "");
        var rows = call.State.Rows(TableOf(name))
            .Select(row => (row.Key, Item: Item(call, name, row.Value, withHealth)))
            .Where(row => filter.Matches(row.Item));
        var (page, next) = Paging.Take(
            rows, row => row.Key, (int)(call.Input.Number("maxResults") ?? 0), call.Input.Text("pageToken"));
        return new Struct
        {
            { "id", name.Path },
            { "items", page.Count is 0 ? null : new ListValue(page.Select(row => row.Item)) },
            { "kind", "compute#networkEndpointGroupsListNetworkEndpoints" },
            { "nextPageToken", next },
        };
    }

    private static Struct Item(GcpCall call, ComputeName group, Struct endpoint, bool withHealth)
    {
        var item = new Struct { { "networkEndpoint", endpoint } };
        if (withHealth)
        {
            item.Add("healths", EndpointHealth.InGroup(call, group, endpoint));
        }

        return item;
    }

    private static Struct Group(GcpCall call, ComputeName name)
    {
        var group = ComputeWrites.Changeable(call, name);
        return group.Text("networkEndpointType") is not "SERVERLESS" ? group : throw new GcpException(
            400, "invalid", $"The network endpoint group '{name.Path}' is serverless and has no endpoints.");
    }

    private static List<Struct> ReadAll(GcpCall call, Struct group)
    {
        var endpoints = call.Body.Structs("networkEndpoints").ToList();
        if (endpoints.Count is 0)
        {
            throw GcpErrors.Required("networkEndpoints");
        }

        if (endpoints.Count > call.Quotas.EndpointsPerCall)
        {
            throw GcpErrors.Invalid(
                "networkEndpoints", "", $"At most {call.Quotas.EndpointsPerCall} endpoints can be given at once.");
        }

        return [.. endpoints.Select((endpoint, index) => Read(group, endpoint, index)).DistinctBy(KeyOf)];
    }

    private static Struct Read(Struct group, Struct endpoint, int index)
    {
        var field = $"networkEndpoints[{index}]";
        var type = group.Required("networkEndpointType");
        var named = type is "INTERNET_FQDN_PORT" ? "fqdn" : "ipAddress";
        if (endpoint.Text(named) is not { } target)
        {
            throw GcpErrors.Required($"{field}.{named}");
        }

        if (named is "ipAddress" && !IPAddress.TryParse(target, out _))
        {
            throw GcpErrors.Invalid($"{field}.ipAddress", target, "Must be a valid IP address.");
        }

        if (type is "GCE_VM_IP_PORT" && endpoint.Text("instance") is null)
        {
            throw GcpErrors.Required($"{field}.instance");
        }

        if (type is not "GCE_VM_IP_PORT" && endpoint.Has("instance"))
        {
            throw GcpErrors.Invalid($"{field}.instance", endpoint["instance"], $"Not possible in a {type} group.");
        }

        var port = endpoint.Number("port") ?? group.Number("defaultPort") ?? throw GcpErrors.Required($"{field}.port");
        return port is >= 1 and <= 65535
            ? endpoint.With("port", port)
            : throw GcpErrors.Invalid($"{field}.port", $"{port}", "Must be between 1 and 65535.");
    }

    private static string KeyOf(Struct endpoint) =>
        $"{endpoint.Text("instance")?.Split('/')[^1]}|{endpoint.Text("ipAddress") ?? endpoint.Text("fqdn")}|"
        + $"{endpoint.Number("port")}";
}
