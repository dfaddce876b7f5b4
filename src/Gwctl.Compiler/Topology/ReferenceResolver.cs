using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Resolves what the rules of routes refer to: Services, and the definitions of custom filters.</summary>
internal sealed class ReferenceResolver(
    SpecIndex index,
    Dictionary<ObjectName, BackendPolicySpec> policies,
    BackendTlsResolver backendTls,
    EndpointResolver endpoints,
    List<Diagnostic> diagnostics)
{
    private readonly Dictionary<(ObjectName Service, int Port, string Protocol), ServiceBackend> _backends = [];

    /// <summary>Every Service port that a reference came to, sorted by name, port and protocol.</summary>
    public IEnumerable<ServiceBackend> Backends => _backends.Values
        .OrderBy(backend => backend.Service)
        .ThenBy(backend => backend.Port)
        .ThenBy(backend => backend.ServicePort.Protocol, StringComparer.Ordinal);

    /// <summary>Resolves every rule, and gives the ResolvedRefs condition of the whole route: the first problem's
    /// reason.</summary>
    public (EquatableList<RuleReferences> Rules, Condition Condition) Resolve(RouteSpec route)
    {
        var problems = new List<Diagnostic>();
        var rules = new RuleReferences[route.Rules.Count];
        for (var position = 0; position < rules.Length; position++)
        {
            var rule = route.Rules[position];
            var filters = ResolveFilters(route, rule.Filters, problems);
            rules[position] = new RuleReferences(
                filters, [.. rule.BackendRefs.Select(backend => ResolveBackend(route, backend, problems))]);
        }

        diagnostics.AddRange(problems);
        var condition = problems.Count is 0
            ? new Condition(
                ConditionTypes.ResolvedRefs, true, ConditionReasons.ResolvedRefs, "All references are resolved.")
            : new Condition(ConditionTypes.ResolvedRefs, false, problems[0].Reason, MessageOf(problems));
        return ([.. rules], condition);
    }

    private static string MessageOf(List<Diagnostic> problems) =>
        problems.Count is 1 ? problems[0].Detail : $"{problems[0].Detail} And {problems.Count - 1} more.";

    private BackendResolution ResolveBackend(RouteSpec route, BackendRefSpec reference, List<Diagnostic> problems)
    {
        var filters = ResolveFilters(route, reference.Filters, problems);
        var (backend, diagnostic) = Find(route, reference.Target, reference.Port);
        if (diagnostic is not null)
        {
            problems.Add(diagnostic);
        }

        return new BackendResolution(backend, filters, diagnostic?.Reason ?? ConditionReasons.ResolvedRefs);
    }

    private FilterResolution ResolveFilters(
        RouteSpec route, EquatableList<HttpFilterSpec> filters, List<Diagnostic> problems)
    {
        if (filters.Count is 0)
        {
            return FilterResolution.None;
        }

        var usable = new List<HttpFilterSpec>(filters.Count);
        var mirrors = new List<ServiceBackend>();
        var isBroken = false;
        foreach (var filter in filters)
        {
            switch (filter)
            {
                case HttpFilterSpec.ExtensionRef extension:
                    problems.Add(BackendDiagnostics.UnknownFilter(route, extension));
                    isBroken = true;
                    break;
                case HttpFilterSpec.RequestMirror mirror:
                    var (target, problem) = Find(route, mirror.Backend, mirror.Port);
                    if (target is not null)
                    {
                        usable.Add(
                            mirror with { Backend = mirror.Backend with { Namespace = target.Service.Namespace } });
                        mirrors.Add(target);
                    }

                    problems.AddRange(problem is null ? [] : [problem]);
                    break;
                case HttpFilterSpec.ExternalAuth auth:
                    usable.Add(auth);
                    if (Find(route, auth.Backend, auth.Port).Problem is { } unfit)
                    {
                        problems.Add(unfit);
                        isBroken = true; // Who cannot be asked lets nobody in.
                    }

                    break;
                default:
                    usable.Add(filter);
                    break;
            }
        }

        return new FilterResolution([.. usable], [.. mirrors], isBroken);
    }

    /// <summary>A grant is asked for before anything else, so that nothing is said of Services that may not be
    /// seen.</summary>
    private (ServiceBackend? Backend, Diagnostic? Problem) Find(
        RouteSpec route, SpecReference reference, Located<int>? port)
    {
        if (reference is not { Group: ApiGroups.Core, Kind: "Service" })
        {
            return (null, BackendDiagnostics.Kind(route, reference));
        }

        var name = new ObjectName(reference.Namespace ?? route.Name.Namespace, reference.Name);
        if (!index.Grants.Allows(route.Id, new ObjectId(ApiGroups.Core, "Service", name)))
        {
            return (null, BackendDiagnostics.NotPermitted(route, reference, name));
        }

        if (!index.Services.TryGetValue(name, out var service))
        {
            var names = index.Services.Keys.Where(key => key.Namespace == name.Namespace).Select(key => key.Name);
            return (null, BackendDiagnostics.Missing(
                route, reference, name, index.Hints.For($"Service/{name.Namespace}", name.Name, names)));
        }

        if (service.Type is "ExternalName")
        {
            return (null, BackendDiagnostics.ExternalName(route, reference, name));
        }

        backendTls.NoteUse(route, name);

        return FindPort(route, reference, service, port);
    }

    private (ServiceBackend? Backend, Diagnostic? Problem) FindPort(
        RouteSpec route, SpecReference reference, ServiceSpec service, Located<int>? port)
    {
        if (port is not { } wanted)
        {
            return (null, BackendDiagnostics.NoPort(route, reference, service));
        }

        var key = (service.Name, wanted.Value, route.Kind.Transport());
        if (_backends.TryGetValue(key, out var known))
        {
            return (known, null);
        }

        var onPort = service.Ports.Where(item => item.Port == wanted.Value).ToList();
        var servicePort = onPort.Find(item => item.Protocol == key.Item3);
        if (servicePort is null)
        {
            return (null, onPort.Count is 0
                ? BackendDiagnostics.PortMissing(route, wanted, service)
                : BackendDiagnostics.PortProtocol(route, wanted, service, onPort[0]));
        }

        var tls = backendTls.Find(service, servicePort);
        if (tls is { Tls: null })
        {
            return (null, BackendTlsDiagnostics.BackendRefused(route, reference, service.Name, tls.Policy));
        }

        var backend = new ServiceBackend
        {
            Service = service.Name,
            Port = wanted.Value,
            ServicePort = servicePort,
            Annotations = service.Meta.Annotations,
            Policy = policies.GetValueOrDefault(service.Name),
            Tls = tls?.Tls,
            Endpoints = endpoints.Resolve(service, servicePort),
        };
        _backends.Add(key, backend);
        return (backend, null);
    }
}
