using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Cli.Hosting;

/// <summary>What the command line itself has to say: 7xxx.</summary>
public static class CliDiagnostics
{
    public static Diagnostic NoSpecs() => new("GW7004", Severity.Error, "No specs are named")
    {
        Detail = "The command reads Gateway API objects and was given no place to read them from.",
        Help = "Give -f FILE, -f DIRECTORY, or -f - for standard input.",
    };

    public static Diagnostic ApprovalImpossible() =>
        new("GW7005", Severity.Error, "The plan needs approval, and nobody can be asked")
        {
            Detail = "Standard input is not a terminal, or --no-input, CI or -o json forbids to ask.",
            Help = "Give --auto-approve; or save a plan (plan --out FILE), have it reviewed, and apply that.",
        };

    public static Diagnostic NotApproved() => new("GW7006", Severity.Error, "The plan was not approved")
    {
        Detail = "Nothing was changed.",
        Help = "Only the answer 'yes' applies a plan.",
    };

    public static Diagnostic FileFailed(string path, string why) =>
        new("GW7007", Severity.Error, "File cannot be read or written")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = why,
            Help = "Check the path and its permissions.",
        };

    public static Diagnostic OutputFailed(string why) =>
        new("GW7026", Severity.Error, "Standard output cannot be written")
        {
            Detail = why,
            Help = "See where the output goes: to a full disk, or to nothing at all.",
        };

    public static Diagnostic SandboxBusy(string directory) => new("GW7008", Severity.Error, "Sandbox is in use")
    {
        Detail = $"Another process works with the sandbox state in {directory}, and does not serve it to others.",
        Help = "Wait for that process, or give another directory: --sandbox=DIR.",
    };

    public static Diagnostic Interrupted() => new("GW7009", Severity.Error, "Interrupted")
    {
        Detail = "A signal ended the command before it was done. Nothing was changed.",
        Help = "Run it again.",
    };

    public static Diagnostic TimedOut(TimeSpan limit) => new("GW7010", Severity.Error, "Timed out")
    {
        Detail = $"The command was not done after {limit}.",
        Help = "Give a longer --timeout, or none.",
    };

    public static Diagnostic ProviderUnknown(Located<string> provider, IEnumerable<string> known) =>
        new("GW7011", Severity.Error, "Provider is not available")
        {
            Subject = provider.Span,
            Detail = $"There is no provider '{provider.Value}' in this gwctl; it has {string.Join(", ", known)}.",
            Help = "Correct spec.provider of the ProviderConfig, or give --provider.",
        };

    public static Diagnostic NoProviderConfig(string path) =>
        new("GW7012", Severity.Error, "File must hold one ProviderConfig")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail =
                "--provider-config names a file with exactly one object of kind ProviderConfig (gwctl.dev/v1alpha1).",
            Help = "Pass other objects with -f.",
        };

    public static Diagnostic SecretsMissing(IEnumerable<string> sources) =>
        new("GW7013", Severity.Error, "The plan needs secrets that it does not hold")
        {
            Detail = $"A plan file never holds a secret, only its hash. It needs {string.Join(", ", sources)}.",
            Help = "Give the specs again: gwctl apply PLANFILE -f SPECS. They must be the ones that were planned.",
        };

    public static Diagnostic ConfigsMissing(IEnumerable<string> names) =>
        new("GW7022", Severity.Error, "The plan file does not say how to reach its cloud")
        {
            Detail = $"Its configs hold no ProviderConfig {string.Join(", ", names)}.",
            Help = "Plan again with `gwctl plan --out`.",
        };

    public static Diagnostic NoRequest(string problem) => new("GW7023", Severity.Error, "Request cannot be traced")
    {
        Detail = $"{problem}.",
        Help = "Write it as curl has it: gwctl trace -f SPECS GET https://api.example.com/v2/x -H 'x-api-version: beta'",
    };

    public static Diagnostic NothingListens(int port, string? gateway) =>
        new("GW7024", Severity.Error, "No Gateway has the request")
        {
            Detail = gateway is null
                ? $"No accepted Gateway of these specs listens on port {port}."
                : $"These specs have no accepted Gateway {gateway}.",
            Help = "'gwctl status -f SPECS' shows the Gateways and what is wrong with them.",
        };

    public static Diagnostic PlanExpired(DateTimeOffset expiresAt) =>
        new("GW7014", Severity.Error, "The plan has expired")
        {
            Detail = $"It could be applied until {expiresAt:yyyy-MM-dd HH:mm:ss}Z.",
            Help = "Plan again.",
        };

    public static Diagnostic InputsDiffer() =>
        new("GW7015", Severity.Error, "The specs are not those that were planned")
        {
            Detail = "The digest of the given specs and configuration differs from the plan's.",
            Help = "Give the specs that the plan was made of, or plan again.",
        };

    public static Diagnostic AdoptsOther(string address, string found, string wanted) =>
        new("GW7016", Severity.Error, "Another object stands there")
        {
            Detail = $"Where {address} should be, there is {found}, not {wanted}.",
            Help = "Check the id; 'gwctl plan' names the object that is in the way.",
        };

    public static Diagnostic NoGitHubOutput() => new("GW7017", Severity.Error, "GITHUB_OUTPUT is not set")
    {
        Detail = "--github-output appends to the file that this variable names.",
        Help = "Use it in a GitHub Actions step, or leave it out.",
    };

    public static Diagnostic Conflicting(string detail, string help) =>
        new("GW7018", Severity.Error, "Options contradict each other") { Detail = detail, Help = help };

    public static Diagnostic SandboxFailed(string directory, string why) =>
        new("GW7019", Severity.Error, "Sandbox cannot start or stop")
        {
            Detail = $"With the state in {directory}: {why}",
            Help = "Another --port or directory may help; 'gwctl sandbox reset' forgets a broken state.",
        };

    public static Diagnostic PartialAllowed(int errors) =>
        new("GW7020", Severity.Warning, "Parts of the specs are left out")
        {
            Detail = $"{errors} of these findings would be errors: what they concern is left as it is, or not served.",
            Help = "Correct the specs, and plan without --allow-partial.",
        };

    public static Diagnostic NoRouteTests() => new("GW7025", Severity.Error, "No RouteTest is among the specs")
    {
        Detail = "The command runs the cases of objects of kind RouteTest (gwctl.dev/v1alpha1), and was given none.",
        Help = "Give their files with -f beside the specs; examples/route-tests shows how to write them.",
    };

    public static Diagnostic NoCutover(string? name, IEnumerable<string> known) =>
        new("GW7500", Severity.Error, "No such Cutover is among the specs")
        {
            Detail = name is null
                ? "The command needs an object of kind Cutover (gwctl.dev/v1alpha1), and was given none."
                : $"There is no Cutover '{name}'; there are: {string.Join(", ", known.DefaultIfEmpty("none"))}.",
            Help = "Give its file with -f beside the specs; examples/cutover shows how to write it.",
        };

    public static Diagnostic NoCutoverConfig(CutoverSpec document, ObjectName gateway) =>
        new("GW7501", Severity.Error, "Gateway of the Cutover has no ProviderConfig")
        {
            Subject = document.To.Span,
            Detail = $"Nothing says in which cloud Gateway {gateway} lives.",
            Help = "Give its GatewayClass a parametersRef, or give --provider-config.",
        };

    public static Diagnostic NoWeightedDns(CutoverSpec document, string provider) =>
        new("GW7502", Severity.Error, "Provider has no weighted DNS yet")
        {
            Subject = document.To.Span,
            Detail = $"This version of gwctl does not cut over on {provider}, which the Gateway is for.",
            Help = "Shift the weights with the provider's own tools.",
        };

    public static Diagnostic NoNameServer(string given, string why) =>
        new("GW7503", Severity.Error, "Name server is not known")
        {
            Detail = $"--dns-server {given}: {why}",
            Help = "Give an address, with a port where it is not 53: 127.0.0.1:4753.",
        };
}
