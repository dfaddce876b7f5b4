using System.Text.Json.Nodes;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Gcp;

namespace Gwctl.Sandbox.Tests.Gcp;

/// <summary>Updates, fingerprints, references, idempotency, quotas, faults, and the state on disk.</summary>
public sealed class ChangeTests
{
    [Fact]
    public async Task An_update_needs_the_fingerprint_that_it_is_based_on()
    {
        await using var gcp = await GcpFixture.StartAsync();
        var kept = await gcp.Insert(
            "global/backendServices", """{"name":"x","timeoutSec":5,"fingerprint":"AAAAAAAAAAA="}""");
        Assert.NotEqual("AAAAAAAAAAA=", kept["fingerprint"]?.ToString());

        (await gcp.Compute("PATCH", "global/backendServices/x", """{"timeoutSec":6}""")).Fails(400, "required");
        (await Patch("""{"timeoutSec":6}""", kept)).Ok();
        (await Patch("""{"timeoutSec":7}""", kept)).Fails(412, "conditionNotMet");

        var after = (await gcp.Compute("GET", "global/backendServices/x")).Ok();
        Assert.Equal("6", after["timeoutSec"]?.ToString());
        Assert.NotEqual(kept["fingerprint"]?.ToString(), after["fingerprint"]?.ToString());
        Assert.Equal(kept["id"]?.ToString(), after["id"]?.ToString());

        Task<GcpAnswer> Patch(string json, JsonObject read)
        {
            var body = JsonNode.Parse(json)?.AsObject() ?? [];
            body["fingerprint"] = read["fingerprint"]?.ToString();
            return gcp.Compute("PATCH", "global/backendServices/x", body.ToJsonString());
        }
    }

    [Fact]
    public async Task A_patch_merges_and_deletes_by_null_and_an_update_replaces()
    {
        await using var gcp = await GcpFixture.StartAsync();
        await gcp.Insert(
            "global/healthChecks",
            """{"name":"x","type":"HTTP","description":"d","httpHealthCheck":{"port":81,"requestPath":"/h"}}""");

        (await gcp.Compute(
            "PATCH", "global/healthChecks/x", """{"description":null,"httpHealthCheck":{"port":82}}""")).Ok();
        var patched = (await gcp.Compute("GET", "global/healthChecks/x")).Ok();
        Assert.Null(patched["description"]);
        Assert.Equal("/h", patched["httpHealthCheck"]?["requestPath"]?.ToString());

        (await gcp.Compute(
            "PUT", "global/healthChecks/x", """{"name":"x","type":"HTTP","checkIntervalSec":20}""")).Ok();
        var updated = (await gcp.Compute("GET", "global/healthChecks/x")).Ok();
        Assert.Equal(("80", "/"), (
            updated["httpHealthCheck"]?["port"]?.ToString(), updated["httpHealthCheck"]?["requestPath"]?.ToString()));
        (await gcp.Compute("PUT", "global/healthChecks/x", """{"name":"y","type":"HTTP"}""")).Fails(400, "invalid");
    }

    [Fact]
    public async Task A_reference_must_be_there_ready_of_its_kind_and_in_scope()
    {
        var delays = GcpDelays.None with { Operation = TimeSpan.FromSeconds(3) };
        await using var gcp = await GcpFixture.StartAsync(new GcpOptions { Delays = delays });
        (await gcp.Compute("POST", "global/healthChecks", """{"name":"check","type":"TCP"}""")).Ok();
        (await gcp.Compute("POST", "regions/us-east1/healthChecks", """{"name":"far","type":"TCP"}""")).Ok();

        (await Refer("global/healthChecks/none")).Fails(404, "notFound");
        (await Refer("global/healthChecks/check")).Fails(400, "resourceNotReady");
        (await Refer("global/urlMaps/check")).Fails(400, "invalid");
        (await Refer("nonsense")).Fails(400, "invalid");
        gcp.Clock.Advance(TimeSpan.FromSeconds(3));
        (await Refer("regions/us-east1/healthChecks/far")).Fails(400, "invalid");
        (await Refer("https://compute.googleapis.com/compute/beta/projects/proj-1/global/healthChecks/check")).Ok();

        gcp.Clock.Advance(TimeSpan.FromSeconds(3));
        var kept = (await gcp.Compute("GET", "global/backendServices/x")).Ok();
        Assert.Equal(GcpFixture.Link("global/healthChecks/check"), kept["healthChecks"]?[0]?.ToString());

        Task<GcpAnswer> Refer(string check) =>
            gcp.Compute("POST", "global/backendServices", $$"""{"name":"x","healthChecks":["{{check}}"]}""");
    }

    [Fact]
    public async Task A_repeated_request_id_answers_the_first_operation()
    {
        await using var gcp = await GcpFixture.StartAsync();
        const string Path = "global/healthChecks?requestId=f3b1e7a0-6c7c-4b71-9a0e-0d8f1f1f2a55";

        var first = (await gcp.Compute("POST", Path, """{"name":"x","type":"TCP"}""")).Ok();
        var second = (await gcp.Compute("POST", Path, """{"name":"x","type":"TCP"}""")).Ok();

        Assert.Equal(first["name"]?.ToString(), second["name"]?.ToString());
        (await gcp.Compute("POST", "global/healthChecks", """{"name":"x","type":"TCP"}""")).Fails(409, "alreadyExists");
    }

    [Fact]
    public async Task Labels_have_a_fingerprint_of_their_own()
    {
        await using var gcp = await GcpFixture.StartAsync();
        var kept = await gcp.Insert("global/addresses", """{"name":"x"}""");
        var fingerprint = kept["labelFingerprint"]?.ToString();

        var operation = (await Set(fingerprint, """{"a":"b"}""")).Ok();
        (await Set(fingerprint, "{}")).Fails(412, "conditionNotMet");

        Assert.Equal(("setLabels", "DONE"), (operation["operationType"]?.ToString(), operation["status"]?.ToString()));
        var after = (await gcp.Compute("GET", "global/addresses/x")).Ok();
        Assert.Equal("b", after["labels"]?["a"]?.ToString());

        Task<GcpAnswer> Set(string? based, string labels) => gcp.Compute(
            "POST", "global/addresses/x/setLabels", $$"""{"labelFingerprint":"{{based}}","labels":{{labels}}}""");
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_an_error()
    {
        var options = new GcpOptions { Delays = GcpDelays.None, Quotas = new GcpQuotas { HealthChecks = 1 } };
        await using var gcp = await GcpFixture.StartAsync(options);
        await gcp.Insert("global/healthChecks", """{"name":"a","type":"TCP"}""");

        var message = (await gcp.Compute("POST", "global/healthChecks", """{"name":"b","type":"TCP"}"""))
            .Fails(403, "quotaExceeded");

        Assert.Contains("HEALTH_CHECKS", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_hit_the_calls_that_a_test_chooses()
    {
        await using var gcp = await GcpFixture.StartAsync();
        var records = new List<CallRecord>();
        gcp.Cloud.Gcp.Called = records.Add;
        gcp.Cloud.Gcp.Faults.Plan = call => call.MutatingNumber switch
        {
            1 => new Fault.Throttle(),
            2 => new Fault.Unavailable(),
            3 => new Fault.FailOperation("RESOURCE_OPERATION_RATE_EXCEEDED", "too fast"),
            4 => new Fault.LoseResponse(),
            _ => null,
        };

        (await Insert()).Fails(403, "rateLimitExceeded");
        (await Insert()).Fails(503, "backendError");
        var failed = (await Insert()).Ok();
        (await gcp.Compute("GET", "global/healthChecks/x")).Fails(404, "notFound");
        (await Insert()).Fails(500, "internalError");
        (await gcp.Compute("GET", "global/healthChecks/x")).Ok();

        Assert.Equal("DONE", failed["status"]?.ToString());
        Assert.Equal("RESOURCE_OPERATION_RATE_EXCEEDED", failed["error"]?["errors"]?[0]?["code"]?.ToString());
        Assert.Equal(
            [CallOutcome.Failed, CallOutcome.Failed, CallOutcome.Succeeded, CallOutcome.Lost],
            records.Where(record => record.Call.Mutating).Select(record => record.Outcome));

        Task<GcpAnswer> Insert() => gcp.Compute("POST", "global/healthChecks", """{"name":"x","type":"TCP"}""");
    }

    [Fact]
    public async Task An_operation_under_way_goes_on_after_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("gwctl").FullName;
        var options = new GcpOptions { Delays = GcpDelays.None with { Operation = TimeSpan.FromSeconds(3) } };
        string name;
        await using (var gcp = await GcpFixture.StartAsync(options, directory))
        {
            name = (await gcp.Compute("POST", "global/healthChecks", """{"name":"x","type":"TCP"}""")).Text("name");
            (await gcp.Compute("GET", "global/healthChecks/x")).Fails(404, "notFound");
        }

        await using var again = await GcpFixture.StartAsync(options, directory);
        again.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("DONE", (await again.Compute("GET", $"global/operations/{name}")).Text("status"));
        (await again.Compute("GET", "global/healthChecks/x")).Ok();
        Directory.Delete(directory, recursive: true);
    }
}
