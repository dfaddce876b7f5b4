using System.Net;
using System.Reflection;
using Gwctl.Providers.Aws.Api;
using Gwctl.Sandbox.Aws.Wire;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Testing;

namespace Gwctl.Providers.Aws.Tests.Api;

// Goal: every operation's request is what its contract says, every member of it arrives, and every member of the
// answer is read. The sandbox's decoder is written from the same contracts, by nobody who saw the clients.
public sealed class ContractTests
{
    private static readonly string[] Services = ["elbv2", "ec2", "acm", "route53", "tagging", "sts", "cloudwatch"];

    /// <summary>Members that the records leave out because gwctl has no use for them.</summary>
    private static readonly HashSet<string> Omitted =
    [
        // A secret that no service gives out, and that gwctl never sends.
        "AuthenticateOidcActionConfig.ClientSecret",
        "LoadBalancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
        "SetSecurityGroupsResponse.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
        "Vpc.BlockPublicAccessStates",
        "Vpc.EncryptionControl",
        "Subnet.BlockPublicAccessStates",
        "Subnet.CustomerOwnedIpv4Pool",
        "Subnet.EnableDns64",
        "Subnet.EnableLniAtDeviceIndex",
        "Subnet.MapCustomerOwnedIpOnLaunch",
        "Subnet.OutpostArn",
        "Subnet.PrivateDnsNameOptionsOnLaunch",
        // Of instances only what tells a node is read.
        "Reservation.*",
        "Instance.*",
        "InstanceState.*",
        "CertificateDetail.AcmeAccountId",
        "CertificateDetail.AcmeEndpointArn",
        "HostedZone.Features",
        "HostedZone.LinkedService",
        "ResourceTagMapping.ComplianceDetails",
        "GetMetricDataResponse.Messages",
        // gwctl asks for whole windows, in the account it works in.
        "GetMetricDataRequest.LabelOptions",
        "MetricDataQuery.AccountId",
        "MetricDataQuery.Expression",
        "MetricDataQuery.Label",
        "MetricDataQuery.Period",
        "MetricDataQuery.ReturnData",
        "MetricStat.Unit",
        "MetricDataResult.Label",
        "MetricDataResult.Messages",
        "MetricDataResult.Timestamps",
        // Of health checks only what checks an endpoint by name.
        "HealthCheck.CloudWatchAlarmConfiguration",
        "HealthCheck.LinkedService",
        "HealthCheckConfig.AlarmIdentifier",
        "HealthCheckConfig.ChildHealthChecks",
        "HealthCheckConfig.HealthThreshold",
        "HealthCheckConfig.IPAddress",
        "HealthCheckConfig.InsufficientDataHealthStatus",
        "HealthCheckConfig.MeasureLatency",
        "HealthCheckConfig.Regions",
        "HealthCheckConfig.RoutingControlArn",
        "HealthCheckConfig.SearchString",
        "CreateHealthCheckResponse.Location",
        // What the request said, said again.
        "ListHealthChecksResponse.Marker",
        "ListHealthChecksResponse.MaxItems",
        "ListHostedZonesResponse.Marker",
        "ListHostedZonesResponse.MaxItems",
        "ListHostedZonesByNameResponse.DNSName",
        "ListHostedZonesByNameResponse.HostedZoneId",
        "ListHostedZonesByNameResponse.MaxItems",
        "ListResourceRecordSetsResponse.MaxItems",
    ];

    public static TheoryData<string, string> Operations()
    {
        var operations = new TheoryData<string, string>();
        foreach (var service in Services)
        {
            foreach (var method in Methods(service))
            {
                operations.Add(service, method.Name[..^"Async".Length]);
            }
        }

        return operations;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Request_and_answer_keep_the_contract(string service, string operation)
    {
        var contract = ContractCatalog.Load(service);
        var described = contract.Operations[operation];
        var output = ContractSamples.Answer(described.Output);
        var aws = new ScriptedAws
        {
            Otherwise = _ => Answer(ResponseEncoder.Encode(contract, described, output, "r-1")),
        };
        using var api = aws.NewApi();
        var method = Methods(service).Single(candidate => candidate.Name == $"{operation}Async");
        var request = ContractSamples.Record(method.GetParameters()[0].ParameterType, described.Input);

        var answer = await CallAsync(Client(api, service), method, request);

        var wire = Wire(aws.Sent.Single());
        var decoded = RequestDecoder.Decode(contract, wire);
        Assert.Equal(operation, decoded.Operation?.Name);
        Assert.Empty(decoded.Violations);
        Assert.Empty(contract.ValidateRequest(operation, decoded.Input));
        Assert.Empty(ContractSamples.Differences(request, decoded.Input, Omitted));
        Assert.Empty(ContractSamples.Differences(answer, output, Omitted));
        CheckSignature(wire, contract);
    }

    [Theory]
    [InlineData("elbv2")]
    [InlineData("ec2")]
    [InlineData("acm")]
    [InlineData("route53")]
    [InlineData("tagging")]
    [InlineData("sts")]
    [InlineData("cloudwatch")]
    public async Task Every_error_of_the_contract_is_read(string service)
    {
        var contract = ContractCatalog.Load(service);
        var aws = new ScriptedAws();
        using var api = aws.NewApi(options => options with { AttemptsMax = 1, LimitsRate = false });
        var method = Methods(service)[0];
        var operation = contract.Operations[method.Name[..^"Async".Length]];
        var request = ContractSamples.Record(method.GetParameters()[0].ParameterType, operation.Input);
        foreach (var (code, status) in contract.HttpStatusByError)
        {
            var error = new Gwctl.Sandbox.Aws.AwsException(code, $"About {code}.");
            aws.Then(_ => Answer(ErrorEncoder.Encode(contract, error, "r-1")));

            var exception = await Assert.ThrowsAsync<AwsApiException>(
                () => CallAsync(Client(api, service), method, request));

            Assert.Equal(AwsErrorCodes.Normalise(code), exception.Code);
            Assert.Equal((status, $"About {code}."), (exception.StatusCode, exception.ServiceMessage));
        }

        Assert.NotEmpty(aws.Sent);
    }

    [Fact]
    public void An_omission_that_has_been_filled_is_struck_off()
    {
        var types = typeof(AwsApi).Assembly.GetTypes().ToLookup(type => type.Name, StringComparer.Ordinal);

        var filled = Omitted.Select(member => member.Split('.'))
            .Where(parts => parts[1] != "*" && types[parts[0]].All(type => type.GetProperty(parts[1]) is not null));

        Assert.Empty(filled);
    }

    private static List<MethodInfo> Methods(string service) =>
    [
        .. ClientProperty(service).PropertyType.GetMethods()
            .Where(method => method.ReturnType.IsGenericType
                && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
                && method.GetParameters()[0].ParameterType.Name.EndsWith("Request", StringComparison.Ordinal)),
    ];

    private static PropertyInfo ClientProperty(string service)
    {
        var property = typeof(AwsApi).GetProperty(
            service, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);
        Assert.NotNull(property);
        return property;
    }

    private static object? Client(AwsApi api, string service) => ClientProperty(service).GetValue(api);

    private static async Task<object> CallAsync(object? client, MethodInfo method, object request)
    {
        var task = method.Invoke(client, [request, TestContext.Current.CancellationToken]) as Task;
        Assert.NotNull(task);
        await task;
        var answer = task.GetType().GetProperty("Result")?.GetValue(task);
        Assert.NotNull(answer);
        return answer;
    }

    private static WireRequest Wire(SentRequest sent) =>
        new(sent.Method.Method, sent.Uri.PathAndQuery, sent.Headers, sent.Body);

    private static HttpResponseMessage Answer(WireResponse response) => new((HttpStatusCode)response.Status)
    {
        Content = new ByteArrayContent(response.Body),
    };

    private static void CheckSignature(WireRequest wire, ServiceContract contract)
    {
        var authorization = SigV4Authorization.Parse(wire.Header("authorization"));
        Assert.NotNull(authorization);
        Assert.Equal(contract.SigningName, authorization.Service);
        Assert.Equal(SigV4.Sign(wire, authorization, "not-a-real-secret"), authorization.Signature);
    }
}
