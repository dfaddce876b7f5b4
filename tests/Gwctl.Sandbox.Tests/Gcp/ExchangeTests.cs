using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Whole answers, member by member, as the real service was seen to give them: no member more, none less.
/// <c>*</c> stands for what differs from call to call.</summary>
public sealed class ExchangeTests
{
    private const string Root = "https://www.googleapis.com/compute/v1/projects/proj-1/";

    [Fact]
    public async Task An_inserts_operation_has_these_members()
    {
        await using var gcp = await GcpFixture.StartAsync();

        AssertIs(
            Operation("insert", "global/healthChecks/x", "DONE", 100, """
                ,"endTime":"*"
                """),
            await gcp.Compute("POST", "global/healthChecks", """{"name":"x","type":"TCP"}"""));
    }

    [Fact]
    public async Task A_health_check_that_is_updated_is_whole_again()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert("global/healthChecks", """
            {"name":"x","type":"HTTP","checkIntervalSec":10,"httpHealthCheck":{"port":80}}
            """);

        var updated = await gcp.Compute("PUT", "global/healthChecks/x", """
            {"name":"x","type":"HTTP","checkIntervalSec":15,"httpHealthCheck":{"port":80,"requestPath":"/ready"}}
            """);

        AssertIs(Operation("update", "global/healthChecks/x", "DONE", 100, """
            ,"endTime":"*"
            """), updated);
        AssertIs(
            $$"""
            {"checkIntervalSec":15,"creationTimestamp":"*","healthyThreshold":2,
            "httpHealthCheck":{"port":80,"proxyHeader":"NONE","requestPath":"/ready"},"id":"*",
            "kind":"compute#healthCheck","name":"x","selfLink":"{{Root}}global/healthChecks/x","timeoutSec":5,
            "type":"HTTP","unhealthyThreshold":2}
            """,
            await gcp.Compute("GET", "global/healthChecks/x"));
    }

    /// <summary>Labels at insertion are lost, and the port becomes a range; retargeting is called SetTarget, with a
    /// capital letter.</summary>
    [Fact]
    public async Task A_forwarding_rule_is_labelled_and_retargeted_by_calls_of_their_own()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await MakeProxiesAsync(gcp);
        var rule = await gcp.Insert("global/forwardingRules", """
            {"name":"r","description":"d","labels":{"a":"b"},"loadBalancingScheme":"EXTERNAL_MANAGED","portRange":"80",
            "target":"global/targetHttpProxies/one"}
            """);
        AssertIs(RuleWith("one", ""), rule);

        (await gcp.Compute("POST", "global/forwardingRules/r/setLabels", $$"""
            {"labels":{"a":"b"},"labelFingerprint":"{{rule["labelFingerprint"]}}"}
            """)).Ok();
        var retargeted = await gcp.Compute(
            "POST", "global/forwardingRules/r/setTarget", """{"target":"global/targetHttpProxies/two"}""");

        AssertIs(Operation("SetTarget", "global/forwardingRules/r", "DONE", 100, """
            ,"endTime":"*"
            """), retargeted);
        AssertIs(RuleWith("two", """
            ,"labels":{"a":"b"}
            """), await gcp.Compute("GET", "global/forwardingRules/r"));
    }

    [Fact]
    public async Task An_https_proxy_is_patched()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await MakeProxiesAsync(gcp);
        await gcp.Insert("global/sslCertificates", Certificates.Insertion("cert", "a.test"));
        var proxy = await gcp.Insert("global/targetHttpsProxies", """
            {"name":"p","description":"d","urlMap":"global/urlMaps/map",
            "sslCertificates":["global/sslCertificates/cert"]}
            """);

        var patched = await gcp.Compute("PATCH", "global/targetHttpsProxies/p", $$"""
            {"quicOverride":"ENABLE","fingerprint":"{{proxy["fingerprint"]}}"}
            """);

        AssertIs(Operation("patch", "global/targetHttpsProxies/p", "DONE", 100, """
            ,"endTime":"*"
            """), patched);
        AssertIs(
            $$"""
            {"creationTimestamp":"*","description":"d","fingerprint":"*","id":"*","kind":"compute#targetHttpsProxy",
            "name":"p","quicOverride":"ENABLE","selfLink":"{{Root}}global/targetHttpsProxies/p",
            "sslCertificates":["{{Root}}global/sslCertificates/cert"],"tlsEarlyData":"DISABLED",
            "urlMap":"{{Root}}global/urlMaps/map"}
            """,
            await gcp.Compute("GET", "global/targetHttpsProxies/p"));
    }

    /// <summary>A proxy for HTTP changes its map by a call whose path lacks <c>global</c>.</summary>
    [Fact]
    public async Task A_proxys_map_is_set_by_a_path_without_a_place()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await MakeProxiesAsync(gcp);
        await gcp.Insert("global/urlMaps", """{"name":"other","defaultService":"global/backendServices/web"}""");

        (await gcp.Compute("POST", "targetHttpProxies/one/setUrlMap", """{"urlMap":"global/urlMaps/other"}""")).Ok();

        AssertIs(
            $$"""
            {"creationTimestamp":"*","fingerprint":"*","id":"*","kind":"compute#targetHttpProxy","name":"one",
            "selfLink":"{{Root}}global/targetHttpProxies/one","urlMap":"{{Root}}global/urlMaps/other"}
            """,
            await gcp.Compute("GET", "global/targetHttpProxies/one"));
    }

    [Fact]
    public async Task A_zones_update_tells_of_before_and_after()
    {
        await using var gcp = await GcpFixture.StartAsync();
        const string Zone = $$$"""
            {"name":"z","dnsName":"a.test.","description":"D","visibility":"private","privateVisibilityConfig":
            {"networks":[{"networkUrl":"{{{Root}}}global/networks/default"}]}}
            """;
        (await gcp.Dns("POST", "managedZones", Zone.Replace("D", "one", StringComparison.Ordinal))).Ok();

        var answer = await gcp.Dns("PUT", "managedZones/z", Zone.Replace("D", "two", StringComparison.Ordinal));

        AssertIs(
            $$$"""
            {"id":"*","kind":"dns#operation","startTime":"*","status":"done","type":"UPDATE","user":"*",
            "zoneContext":{"oldValue":{{{ZoneOf("one")}}},"newValue":{{{ZoneOf("two")}}} }}
            """,
            answer);
    }

    [Fact]
    public async Task A_change_of_records_is_told_back()
    {
        await using var gcp = await GcpFixture.StartAsync();
        (await gcp.Dns("POST", "managedZones", """{"name":"z","dnsName":"a.test.","description":"d"}""")).Ok();
        const string Record = """{"name":"a.test.","type":"A","ttl":300,"rrdatas":["198.51.100.5","192.0.2.1"]}""";

        var made = await gcp.Dns("POST", "managedZones/z/changes", $$"""{"additions":[{{Record}}]}""");

        AssertIs(
            $$"""{"additions":[{{Record}}],"id":"*","kind":"dns#change","startTime":"*","status":"*"}""", made);
        AssertIs(
            """
            {"kind":"dns#resourceRecordSetsListResponse","rrsets":[{"kind":"dns#resourceRecordSet","name":"a.test.",
            "type":"A","ttl":300,"rrdatas":["198.51.100.5","192.0.2.1"]}]}
            """,
            await gcp.Dns("GET", "managedZones/z/rrsets?name=a.test.&type=A"));
    }

    [Fact]
    public async Task A_certificate_maps_operation_ends_with_the_map()
    {
        await using var gcp = await GcpFixture.StartAsync();

        var started = (await gcp.Certificates(
            "POST", "global/certificateMaps?certificateMapId=m", """{"description":"d"}""")).Ok();

        const string Map = "projects/proj-1/locations/global/certificateMaps/m";
        var name = started["name"]?.ToString().Split('/')[^1];
        AssertIs(
            $$$"""
            {"done":true,"name":"*","metadata":{
            "@type":"type.googleapis.com/google.cloud.certificatemanager.v1.OperationMetadata","apiVersion":"v1",
            "createTime":"*","endTime":"*","target":"{{{Map}}}","verb":"create"},
            "response":{"@type":"type.googleapis.com/google.cloud.certificatemanager.v1.CertificateMap",
            "createTime":"*","description":"d","name":"{{{Map}}}","updateTime":"*"}}
            """,
            await gcp.Certificates("GET", $"global/operations/{name}"));
    }

    private static string Operation(string type, string target, string status, int progress, string more) => $$"""
        {"id":"*","insertTime":"*","kind":"compute#operation","name":"*","operationType":"{{type}}",
        "progress":{{progress}},"selfLink":"*","startTime":"*","status":"{{status}}","targetId":"*",
        "targetLink":"{{Root}}{{target}}","user":"*"{{more}}}
        """;

    private static string RuleWith(string target, string more) => $$"""
        {"IPAddress":"*","IPProtocol":"TCP","creationTimestamp":"*","description":"d","fingerprint":"*","id":"*",
        "kind":"compute#forwardingRule","labelFingerprint":"*","loadBalancingScheme":"EXTERNAL_MANAGED","name":"r",
        "networkTier":"PREMIUM","portRange":"80-80","selfLink":"{{Root}}global/forwardingRules/r",
        "target":"{{Root}}global/targetHttpProxies/{{target}}"{{more}}}
        """;

    private static string ZoneOf(string description) => $$$"""
        {"cloudLoggingConfig":{"kind":"dns#managedZoneCloudLoggingConfig"},"creationTime":"*",
        "description":"{{{description}}}","dnsName":"a.test.","id":"*","kind":"dns#managedZone","name":"z",
        "nameServers":["*","*","*","*"],"privateVisibilityConfig":{"networks":[{"networkUrl":
        "{{{Root}}}global/networks/default"}]},"visibility":"private"}
        """;

    private static async Task MakeProxiesAsync(GcpFixture gcp)
    {
        await Services.Insert(gcp, "web");
        await gcp.Insert("global/urlMaps", """{"name":"map","defaultService":"global/backendServices/web"}""");
        await gcp.Insert("global/targetHttpProxies", """{"name":"one","urlMap":"global/urlMaps/map"}""");
        await gcp.Insert("global/targetHttpProxies", """{"name":"two","urlMap":"global/urlMaps/map"}""");
    }

    private static void AssertIs(string expected, GcpAnswer answer) => AssertIs(expected, answer.Ok());

    private static void AssertIs(string expected, JsonObject answer) =>
        Assert.True(Fits(JsonNode.Parse(expected), answer), $"{expected}\n{answer.ToJsonString()}");

    private static bool Fits(JsonNode? expected, JsonNode? found) => (expected, found) switch
    {
        (JsonObject first, JsonObject second) => first.Count == second.Count
            && first.All(member => second.ContainsKey(member.Key) && Fits(member.Value, second[member.Key])),
        (JsonArray first, JsonArray second) => first.Count == second.Count
            && first.Zip(second).All(pair => Fits(pair.First, pair.Second)),
        _ => expected?.ToString() is "*" ? found is not null : JsonNode.DeepEquals(expected, found),
    };
}
