using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>GatewayClasses of ours and the ProviderConfigs that they and their Gateways name.</summary>
internal sealed class ClassResolver(SpecIndex index, TopologyOptions options, List<Diagnostic> diagnostics)
{
    public List<GatewayClassTopology> ResolveClasses()
    {
        var ours = index.Specs.GatewayClasses
            .Where(item => options.IsOurs(item.ControllerName.Value))
            .OrderBy(item => item.Name)
            .DistinctBy(item => item.Name.Name);
        return [.. ours.Select(ResolveClass)];
    }

    /// <summary>The class that a Gateway of an unknown class is taken for when a provider is asked for; null where none
    /// is.</summary>
    public GatewayClassTopology? Assume(GatewaySpec gateway)
    {
        if (options.Provider is not { } provider)
        {
            return null;
        }

        var (name, span) = gateway.GatewayClassName;
        diagnostics.Add(GatewayDiagnostics.AssumedClass(gateway, provider));
        return ResolveClass(new GatewayClassSpec
        {
            Meta = new ObjectMeta { Name = new ObjectName("", name), Span = span },
            ControllerName = new Located<string>(TopologyOptions.ControllerPrefix + provider, span),
        });
    }

    /// <summary>Gives the Gateway its configuration: its own, else the class's, else the one given for all.</summary>
    public void Configure(GatewayDraft gateway)
    {
        var reference = gateway.Spec.Infrastructure?.ParametersRef;
        if (reference is null)
        {
            var refused = gateway.Class.Conditions.FirstOrDefault(item => item is { Type: "Accepted", Status: false });
            gateway.Config = gateway.Class.Config;
            gateway.Parameters = refused is null
                ? null
                : new Problem(refused.Reason, $"The GatewayClass '{gateway.Class.Spec.Name}' is not accepted.");
            return;
        }

        var spec = gateway.Spec;
        var referrer = new Referrer(spec.Id, spec.Name.Namespace, gateway.Class.Spec.ControllerName.Value);
        (gateway.Config, gateway.Parameters) = Find(reference, referrer);
    }

    private GatewayClassTopology ResolveClass(GatewayClassSpec spec)
    {
        var (config, problem) = spec.ParametersRef is { } reference
            ? Find(reference, new Referrer(spec.Id, "", spec.ControllerName.Value))
            : (ForProvider(options.ProviderConfig), null);
        var accepted = problem is null
            ? new Condition(ConditionTypes.Accepted, true, ConditionReasons.Accepted, "gwctl serves this class.")
            : new Condition(ConditionTypes.Accepted, false, problem.Reason, problem.Message);
        return new GatewayClassTopology(spec, config, [accepted]);
    }

    private (ProviderConfigSpec? Config, Problem? Problem) Find(SpecReference reference, Referrer referrer)
    {
        if (reference is not { Group: ApiGroups.Gwctl, Kind: "ProviderConfig" })
        {
            return Refuse(GatewayDiagnostics.ParametersKind(referrer.Id, reference));
        }

        var candidates = index.Configs[reference.Name].ToList();
        var config = Choose(candidates, reference.Namespace ?? referrer.Namespace);
        if (config is null)
        {
            var names = index.Configs.Select(group => group.Key);
            return Refuse(candidates.Count > 1
                ? GatewayDiagnostics.ParametersAmbiguous(referrer.Id, reference, candidates)
                : GatewayDiagnostics.ParametersMissing(
                    referrer.Id, reference, index.Hints.For("ProviderConfig", reference.Name, names)));
        }

        var wanted = referrer.Controller[(referrer.Controller.LastIndexOf('/') + 1)..];
        var isOurNaming = referrer.Controller.StartsWith($"{ApiGroups.Gwctl}/", StringComparison.Ordinal);
        return isOurNaming && options.Provider is null && config.Provider.Value != wanted
            ? Refuse(GatewayDiagnostics.ParametersProvider(referrer.Id, reference, config, referrer.Controller))
            : (ForProvider(config), null);
    }

    private (ProviderConfigSpec?, Problem) Refuse(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return (null, new Problem(ConditionReasons.InvalidParameters, diagnostic.Detail));
    }

    /// <summary>Manifests often leave namespaces out: then any object with a name that only it has will do.</summary>
    private static ProviderConfigSpec? Choose(List<ProviderConfigSpec> candidates, string wantedNamespace) =>
        candidates.Find(item => item.Name.Namespace == wantedNamespace)
        ?? candidates.Find(item => item.Name.Namespace is "")
        ?? (candidates.Count is 1 && wantedNamespace is "" ? candidates[0] : null);

    /// <summary>Another provider's section means nothing to the one asked for, so it is not handed on.</summary>
    private ProviderConfigSpec? ForProvider(ProviderConfigSpec? config)
    {
        if (config is null || options.Provider is null || config.Provider.Value == options.Provider)
        {
            return config;
        }

        return options.ProviderConfig is { } given && given.Provider.Value == options.Provider
            ? given
            : config with { Provider = config.Provider with { Value = options.Provider }, Settings = null };
    }

    private readonly record struct Referrer(ObjectId Id, string Namespace, string Controller);
}
