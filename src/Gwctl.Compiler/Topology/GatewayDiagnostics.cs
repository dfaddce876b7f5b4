using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>What can be wrong with GatewayClasses and with Gateways as a whole.</summary>
internal static class GatewayDiagnostics
{
    public static Diagnostic UnknownClass(GatewaySpec gateway, string hint) =>
        new("GW2010", Severity.Warning, "Gateway of an unknown class")
        {
            Subject = gateway.GatewayClassName.Span,
            Object = gateway.Id.ToString(),
            Detail = $"Gateway {gateway.Name} is of class '{gateway.GatewayClassName}', which is not among the specs; "
                + "it is left out.",
            Help = "Add the GatewayClass to the specs, name one of theirs, or have it compiled for a cloud with "
                + $"--provider.{hint}",
        };

    public static Diagnostic AssumedClass(GatewaySpec gateway, string provider) =>
        new("GW2016", Severity.Warning, "Gateway of an unknown class taken for one of ours")
        {
            Subject = gateway.GatewayClassName.Span,
            Object = gateway.Id.ToString(),
            Detail = $"Gateway {gateway.Name} is of class '{gateway.GatewayClassName}', which is not among the specs; "
                + $"as --provider {provider} is given, it is compiled as if the class named "
                + $"{TopologyOptions.ControllerPrefix}{provider}.",
            Help = "Add the GatewayClass to the specs; one of another controller leaves its Gateways alone.",
        };

    public static Diagnostic ForeignClass(GatewaySpec gateway, GatewayClassSpec gatewayClass) =>
        new("GW2011", Severity.Note, "Gateway of another controller")
        {
            Subject = gateway.GatewayClassName.Span,
            Object = gateway.Id.ToString(),
            Detail = $"Gateway {gateway.Name} is of class '{gatewayClass.Name}', whose controller is "
                + $"'{gatewayClass.ControllerName}'; it is left alone.",
            Help = "To have gwctl serve it, give it a class whose controllerName is "
                + $"{TopologyOptions.ControllerPrefix} and a provider's name.",
        };

    public static Diagnostic ParametersKind(ObjectId referrer, SpecReference reference) =>
        Parameters("GW2012", "Parameters of an unsupported kind", referrer, reference) with
        {
            Detail = $"{referrer} takes its parameters from {Kind(reference)} '{reference.Name}'.",
            Help = "parametersRef must name group gwctl.dev, kind ProviderConfig.",
        };

    public static Diagnostic ParametersMissing(ObjectId referrer, SpecReference reference, string hint) =>
        Parameters("GW2013", "ProviderConfig not found", referrer, reference) with
        {
            Detail = $"{referrer} takes its parameters from ProviderConfig '{Name(reference)}', which is not among the "
                + "specs.",
            Help = $"Add that ProviderConfig to the specs, or name one of theirs.{hint}",
        };

    public static Diagnostic ParametersAmbiguous(
        ObjectId referrer, SpecReference reference, IEnumerable<ProviderConfigSpec> candidates) =>
        Parameters("GW2014", "ProviderConfig reference is ambiguous", referrer, reference) with
        {
            Detail = $"{referrer} takes its parameters from ProviderConfig '{Name(reference)}', and the specs have "
                + $"{string.Join(", ", candidates.Select(item => item.Name))}.",
            Help = "Name the namespace in parametersRef.",
        };

    public static Diagnostic ParametersProvider(
        ObjectId referrer, SpecReference reference, ProviderConfigSpec config, string controller) =>
        Parameters("GW2015", "ProviderConfig of another provider", referrer, reference) with
        {
            Detail = $"{referrer} belongs to controller '{controller}', but ProviderConfig '{config.Name}' is for "
                + $"provider '{config.Provider}'.",
            Help = "Name a ProviderConfig of the class's provider, or compile for another one with --provider.",
        };

    private static Diagnostic Parameters(string code, string summary, ObjectId referrer, SpecReference reference) =>
        new(code, Severity.Error, summary)
        {
            Subject = reference.Span,
            Object = referrer.ToString(),
            Reason = ConditionReasons.InvalidParameters,
        };

    private static string Name(SpecReference reference) =>
        new ObjectName(reference.Namespace ?? "", reference.Name).ToString();

    private static string Kind(SpecReference reference) =>
        reference.Group is "" ? reference.Kind : $"{reference.Group}/{reference.Kind}";
}
