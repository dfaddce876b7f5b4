using System.Net;
using Gwctl.Providers.Aws.Api;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

/// <summary>Clients whose transport answers by a script.</summary>
internal sealed class ScriptedAws : ScriptedHttp<ScriptedAws>
{
    public List<AwsCall> Calls { get; } = [];

    protected override ScriptedAws Self => this;

    public AwsApi NewApi(Func<AwsApiOptions, AwsApiOptions>? change = null)
    {
        var options = new AwsApiOptions
        {
            Region = "eu-central-1",
            Clock = Clock,
            Random = () => 0.5,
            Credentials = new AwsCredentialsSource.Static("AKIDEXAMPLE", "not-a-real-secret"),
            Handler = NewHandler(),
            AttemptTimeout = TimeSpan.FromHours(1),
            Observer = Calls.Add,
        };
        return new AwsApi(change is null ? options : change(options));
    }

    /// <summary>The query services' error envelope.</summary>
    public ScriptedAws ThenError(string code, HttpStatusCode status = HttpStatusCode.BadRequest) => Then(
        status,
        $"""
        <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
          <Error><Type>Sender</Type><Code>{code}</Code><Message>It is said.</Message></Error>
          <RequestId>r-{code}</RequestId>
        </ErrorResponse>
        """);
}
