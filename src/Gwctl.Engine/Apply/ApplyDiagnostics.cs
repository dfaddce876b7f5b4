using Gwctl.Core;
using Gwctl.Engine.Planning;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Apply;

/// <summary>What applying has to say besides the providers: 60xx.</summary>
internal static class ApplyDiagnostics
{
    private const string RunAgain =
        "Run the apply again with the specs: it reads what is there first, and goes on from there.";

    public static Diagnostic MissingOutput(Step step, AttributeValue.Reference reference) =>
        new("GW6001", Severity.Error, "An object did not put out what another one needs")
        {
            Detail = $"{step.Address} needs the {reference.Output} of {reference.Source}, which was not given.",
            Help = RunAgain,
        };

    public static Diagnostic MissingSecret(Step step, AttributeValue.Secret secret) =>
        new("GW6002", Severity.Error, "A secret that the plan needs is not at hand")
        {
            Detail = $"{step.Address} needs {secret.Source}, which the specs given to this apply do not hold.",
            Help = "Plans hold no secrets: give the specs that the plan was made from as well (-f).",
        };

    public static Diagnostic OtherSecret(Step step, AttributeValue.Secret secret) =>
        new("GW6003", Severity.Error, "A secret is not the one that was planned")
        {
            Detail = $"{secret.Source}, which {step.Address} needs, has changed since the plan was made.",
            Help = "Plan again with the present specs.",
        };

    public static Diagnostic Interrupted(Step step) =>
        new("GW6004", Severity.Error, "A call was broken off")
        {
            Detail = $"The {step.Action.ToString().ToLowerInvariant()} of {step.Address} may or may not have taken "
                + "effect.",
            Help = RunAgain,
        };

    public static Diagnostic NoProvider(Step step) =>
        new("GW6005", Severity.Error, "The plan speaks of a ProviderConfig that is not given")
        {
            Detail = $"{step.Address} belongs to the ProviderConfig {step.Address.Scope}.",
            Help = "Give the ProviderConfig that the plan was made with.",
        };

    /// <summary>The provider's own finding, with what an unknown outcome asks for.</summary>
    public static Diagnostic Unknown(Diagnostic diagnostic) =>
        diagnostic with { Help = diagnostic.Help is "" ? RunAgain : $"{diagnostic.Help} {RunAgain}" };
}
