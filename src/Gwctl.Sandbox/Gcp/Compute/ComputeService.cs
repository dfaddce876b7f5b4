using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Compute v1: every operation of the contract, from its path and its verb.</summary>
internal static class ComputeService
{
    /// <summary>Setters: the verb, and the member that it sets.</summary>
    private static readonly Dictionary<string, string> Setters = new(StringComparer.Ordinal)
    {
        ["setUrlMap"] = "urlMap",
        ["setTarget"] = "target",
        ["setSslCertificates"] = "sslCertificates",
        ["setCertificateMap"] = "certificateMap",
        ["setSslPolicy"] = "sslPolicy",
        ["setQuicOverride"] = "quicOverride",
        ["setBackendService"] = "service",
        ["setProxyHeader"] = "proxyHeader",
    };

    public static GcpService Create() => new(
        "compute", ContractCatalog.Load("compute").Operations.Values.Select(Handler));

    private static GcpHandler Handler(OperationContract operation)
    {
        var verb = operation.Name[(operation.Name.LastIndexOf('.') + 1)..];
        var place = Place.Of(operation);
        if (place.Collection is ComputeOperations.Collection)
        {
            return OfOperations(operation, verb, place);
        }

        var kind = ComputeKinds.Find(place.Collection);
        Func<GcpCall, Struct>? reading = verb switch
        {
            "get" => call => ComputeReads.Get(call, place.Name(call)),
            "list" => call => ComputeReads.List(call, Output(operation), place.Scope(call), place.Collection),
            "aggregatedList" => call => ComputeReads.AggregatedList(call, Output(operation), place.Collection),
            "listNetworkEndpoints" => call => EndpointGroups.List(call, place.Name(call)),
            "getHealth" => call => EndpointHealth.OfGroup(call, place.Name(call)),
            "validate" => call => UrlMapResources.Validate(call, place.Name(call)),
            "listAvailableFeatures" => _ => new Struct { { "features", SslPolicies.AllFeatures } },
            _ => null,
        };
        return reading is not null
            ? GcpHandler.Reads(operation.Name, reading)
            : Writing(operation, verb, place, kind ?? throw Unknown(operation));
    }

    private static GcpHandler Writing(OperationContract operation, string verb, Place place, ComputeKind kind)
    {
        Func<GcpCall, Struct> run = verb switch
        {
            "insert" => call => ComputeWrites.Insert(call, kind, place.Scope(call)),
            "delete" => call => ComputeWrites.Delete(call, kind, place.Name(call)),
            "update" => call => ComputeWrites.Update(call, kind, place.Name(call)),
            "patch" => call => ComputeWrites.Patch(call, kind, place.Name(call)),
            "setLabels" => call => ComputeWrites.SetLabels(call, kind, place.Name(call)),
            "attachNetworkEndpoints" => call => EndpointGroups.Attach(call, place.Name(call)),
            "detachNetworkEndpoints" => call => EndpointGroups.Detach(call, place.Name(call)),
            _ when Setters.TryGetValue(verb, out var member) =>
                call => ComputeWrites.Set(call, kind, place.Name(call), verb, member),
            _ => _ => throw GcpErrors.NotImplemented(operation.Name),
        };
        return GcpHandler.Writes(operation.Name, call =>
        {
            ComputeCatalog.RequireScope(call.Project, place.Scope(call));
            return ComputeOperations.Repeated(call) ?? run(call);
        });
    }

    private static GcpHandler OfOperations(OperationContract operation, string verb, Place place) => verb switch
    {
        "get" or "wait" => GcpHandler.Reads(operation.Name, call =>
        {
            var name = place.Name(call);
            var document = ComputeRows.Find(call.State, name) ?? throw GcpErrors.NotFound(name.Path);
            return ComputeOperations.Show(document, call.Now);
        }),
        "list" => GcpHandler.Reads(
            operation.Name, call => ComputeReads.List(call, Output(operation), place.Scope(call), place.Collection)),
        "aggregatedList" => GcpHandler.Reads(
            operation.Name, call => ComputeReads.AggregatedList(call, Output(operation), place.Collection)),
        _ => GcpHandler.Writes(operation.Name, call =>
        {
            var name = place.Name(call);
            ComputeRows.Get(call.State, name);
            call.State.Delete(name.Table, name.Key);
            return new Struct();
        }),
    };

    private static Shape Output(OperationContract operation) => operation.Output ?? throw Unknown(operation);

    private static InvalidOperationException Unknown(OperationContract operation) =>
        new($"The table of collections has no place for {operation.Name}.");

    /// <summary>What an operation's path says: the collection, and the variables that hold scope and name.</summary>
    private sealed record Place(string Collection, string Location, string Variable)
    {
        public static Place Of(OperationContract operation)
        {
            var parts = operation.Path.Split("{project}/")[1].Split('/');
            return parts switch
            {
                ["aggregated", var collection] => new(collection, "", ""),
                ["global", var collection, .. var rest] => new(collection, "", Last(rest)),
                ["regions", "{region}", var collection, .. var rest] => new(collection, "region", Last(rest)),
                ["zones", "{zone}", var collection, .. var rest] => new(collection, "zone", Last(rest)),
                [var collection, .. var rest] => new(collection, "", Last(rest)),
                _ => throw Unknown(operation),
            };
        }

        public ComputeScope Scope(GcpCall call) => Location switch
        {
            "region" => new(ScopeKind.Region, call.Input.Required("region")),
            "zone" => new(ScopeKind.Zone, call.Input.Required("zone")),
            _ => ComputeScope.Global,
        };

        public ComputeName Name(GcpCall call) =>
            new(call.Project, Scope(call), Collection, call.Input.Required(Variable));

        private static string Last(string[] rest) => rest is [var variable, ..] ? variable.Trim('{', '}') : "";
    }
}
