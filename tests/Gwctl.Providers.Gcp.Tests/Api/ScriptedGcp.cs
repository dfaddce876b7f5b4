using System.Net;
using Gwctl.Core;
using Gwctl.Providers.Gcp.Api;
using Gwctl.Testing;

namespace Gwctl.Providers.Gcp.Tests.Api;

/// <summary>Clients whose transport answers by a script.</summary>
internal sealed class ScriptedGcp : ScriptedHttp<ScriptedGcp>
{
    public const string Done = """{"kind":"compute#operation","name":"op-1","status":"DONE"}""";

    public const string Running = """{"kind":"compute#operation","name":"op-1","status":"RUNNING"}""";

    public List<GcpCall> Calls { get; } = [];

    protected override ScriptedGcp Self => this;

    public GcpApi NewApi(Func<GcpApiOptions, GcpApiOptions>? change = null)
    {
        var options = new GcpApiOptions
        {
            Project = "proj-1",
            Clock = Clock,
            Random = () => 0.5,
            Credentials = new GcpCredentialsSource.Token(new SecretText("not-a-real-token")),
            Handler = NewHandler(),
            AttemptTimeout = TimeSpan.FromHours(1),
            Observer = Calls.Add,
        };
        return new GcpApi(change is null ? options : change(options));
    }

    /// <summary>The error form of the older services.</summary>
    public ScriptedGcp ThenError(string reason, HttpStatusCode status) => Then(status, Error(reason, (int)status));

    public static string Error(string reason, int status) => $$$"""
        {"error":{"code":{{{status}}},"message":"It is said.",
          "errors":[{"domain":"global","reason":"{{{reason}}}","message":"It is said."}]}}
        """;
}
