using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What a BackendTLSPolicy says of a Service's port: the way to reach it, or null for a policy that cannot be
/// used.</summary>
internal sealed record BackendTlsAnswer(BackendTlsPolicySpec Policy, BackendTls? Tls);

/// <summary>Finds the BackendTLSPolicy of each Service port. A policy for the port by name comes before one for the
/// whole Service; of several alike the oldest holds, then the first by name.</summary>
internal sealed class BackendTlsResolver
{
    private readonly SpecIndex _index;
    private readonly CaResolver _authorities;
    private readonly List<Diagnostic> _diagnostics;
    private readonly Dictionary<(ObjectName Service, string Section), BackendTlsDraft> _holders = [];
    private readonly List<BackendTlsDraft> _drafts = [];
    private readonly Dictionary<ObjectName, HashSet<ObjectId>> _users = [];

    public BackendTlsResolver(SpecIndex index, CaResolver authorities, List<Diagnostic> diagnostics)
    {
        _index = index;
        _authorities = authorities;
        _diagnostics = diagnostics;
        var inOrder = index.Specs.BackendTlsPolicies
            .OrderBy(policy => policy.Meta.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(policy => policy.Name);
        foreach (var policy in inOrder)
        {
            _drafts.Add(Judge(policy));
        }
    }

    /// <summary>Null where no policy targets the port: plain text.</summary>
    public BackendTlsAnswer? Find(ServiceSpec service, ServicePortSpec port)
    {
        if (_holders.Count is 0 || port.Protocol is not "TCP")
        {
            return null;
        }

        var isNamed = port.Name is not "" && _holders.ContainsKey((service.Name, port.Name));
        return _holders.TryGetValue((service.Name, isNamed ? port.Name : ""), out var draft)
            ? new BackendTlsAnswer(draft.Spec, draft.Tls)
            : null;
    }

    /// <summary>Notes that a route refers to a Service: its Gateways are the ancestors of the Service's
    /// policies.</summary>
    public void NoteUse(RouteSpec route, ObjectName service)
    {
        if (_drafts.Count is 0)
        {
            return;
        }

        if (!_users.TryGetValue(service, out var routes))
        {
            routes = [];
            _users.Add(service, routes);
        }

        routes.Add(route.Id);
    }

    /// <summary>Every policy with its ancestors, sorted by name.</summary>
    public EquatableList<BackendTlsPolicyTopology> Finish(List<RouteTopology> routes)
    {
        var byId = routes.ToDictionary(route => route.Spec.Id);
        return [.. _drafts.OrderBy(draft => draft.Spec.Name).Select(draft => Finish(draft, byId))];
    }

    private BackendTlsDraft Judge(BackendTlsPolicySpec policy)
    {
        var draft = new BackendTlsDraft(policy);
        foreach (var target in policy.TargetRefs)
        {
            if (Claim(draft, target) is { } diagnostic)
            {
                _diagnostics.Add(diagnostic);
                draft.TargetProblem ??= new Problem(diagnostic.Reason, diagnostic.Detail);
            }
            else
            {
                draft.HasTarget = true;
            }
        }

        if (policy.WellKnownCaCertificates is { Value: not "System" } unknown)
        {
            var diagnostic = BackendTlsDiagnostics.UnknownWellKnown(policy, unknown);
            _diagnostics.Add(diagnostic);
            draft.Invalidity = new Problem(diagnostic.Reason, diagnostic.Detail);
            return draft;
        }

        var found = _authorities.Resolve(policy.Id, policy.CaCertificateRefs, ConditionReasons.InvalidKind);
        _diagnostics.AddRange(found.Problems);
        Take(draft, found);
        return draft;
    }

    private static void Take(BackendTlsDraft draft, CaResolution found)
    {
        var policy = draft.Spec;
        if (found.Problems.Count > 0)
        {
            var detail = string.Join(' ', found.Problems.Select(problem => problem.Detail));
            draft.BrokenRefs = new Problem(found.Problems[0].Reason, detail);
        }

        if (policy.CaCertificateRefs.Count > 0 && found.Certificates.Count is 0)
        {
            draft.Invalidity = new Problem(
                ConditionReasons.NoValidCaCertificate, draft.BrokenRefs?.Message ?? "There is no CA certificate.");
            return;
        }

        draft.Tls = new BackendTls(
            policy.Name,
            policy.Hostname.Value,
            found.Certificates,
            policy.SubjectAltNames,
            policy.Options,
            policy.ValidationSpan);
    }

    private Diagnostic? Claim(BackendTlsDraft draft, PolicyTargetSpec target)
    {
        var policy = draft.Spec;
        if (target.Target is not { Group: ApiGroups.Core, Kind: "Service" })
        {
            return BackendTlsDiagnostics.TargetKind(policy, target.Target);
        }

        var name = new ObjectName(policy.Name.Namespace, target.Target.Name);
        if (!_index.Services.TryGetValue(name, out var service))
        {
            var names = _index.Services.Keys.Where(key => key.Namespace == name.Namespace).Select(key => key.Name);
            var hint = _index.Hints.For($"Service/{name.Namespace}", name.Name, names);
            return BackendTlsDiagnostics.TargetMissing(policy, target.Target, hint);
        }

        if (target.SectionName is { } section && !service.Ports.Any(port => port.Name == section.Value))
        {
            var ports = service.Ports.Select(port => port.Name);
            var hint = _index.Hints.For($"Service/{name}/ports", section.Value, ports);
            return BackendTlsDiagnostics.SectionMissing(policy, section, service, hint);
        }

        var key = (name, target.SectionName?.Value ?? "");
        return _holders.TryAdd(key, draft) || _holders[key] == draft
            ? null
            : BackendTlsDiagnostics.Conflict(policy, target, _holders[key].Spec.Name);
    }

    private BackendTlsPolicyTopology Finish(BackendTlsDraft draft, Dictionary<ObjectId, RouteTopology> routes)
    {
        var conditions = draft.Conditions();
        var ancestors = draft.Spec.TargetRefs
            .Select(target => new ObjectName(draft.Spec.Name.Namespace, target.Target.Name))
            .Distinct()
            .SelectMany(service => _users.GetValueOrDefault(service) ?? [])
            .Distinct()
            .SelectMany(route => routes.TryGetValue(route, out var found) ? found.Parents.ToArray() : [])
            .Where(parent => parent.Conditions.Any(
                condition => condition is { Type: ConditionTypes.Accepted, Status: true }))
            .Select(parent => (parent.Gateway, parent.ControllerName))
            .Distinct()
            .OrderBy(parent => parent.Gateway)
            .Take(BackendTlsPolicyTopology.AncestorsMax);
        return new BackendTlsPolicyTopology(
            draft.Spec,
            [.. ancestors.Select(item => new PolicyAncestor(item.Gateway, item.ControllerName, conditions))]);
    }
}

/// <summary>A BackendTLSPolicy while its topology is being found.</summary>
internal sealed class BackendTlsDraft(BackendTlsPolicySpec spec)
{
    public BackendTlsPolicySpec Spec { get; } = spec;

    /// <summary>It holds at least one of its targets.</summary>
    public bool HasTarget { get; set; }

    /// <summary>Of the first target that it does not hold.</summary>
    public Problem? TargetProblem { get; set; }

    /// <summary>Why it cannot be used even where it holds a target.</summary>
    public Problem? Invalidity { get; set; }

    public Problem? BrokenRefs { get; set; }

    public BackendTls? Tls { get; set; }

    /// <summary>An invalid policy says so even where another one has its target; a target that is lost beside one that
    /// is held leaves it accepted, for it has an effect.</summary>
    public EquatableList<Condition> Conditions()
    {
        var refusal = Invalidity ?? (HasTarget ? null : TargetProblem);
        return
        [
            refusal is null
                ? new Condition(
                    ConditionTypes.Accepted, true, ConditionReasons.Accepted, TargetProblem?.Message ?? "In use.")
                : new Condition(ConditionTypes.Accepted, false, refusal.Reason, refusal.Message),
            BrokenRefs is null
                ? new Condition(
                    ConditionTypes.ResolvedRefs, true, ConditionReasons.ResolvedRefs, "All references are resolved.")
                : new Condition(ConditionTypes.ResolvedRefs, false, BrokenRefs.Reason, BrokenRefs.Message),
        ];
    }
}
