using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gwctl.Compiler.Specs;

namespace Gwctl.Cutover.Gates;

/// <summary>A service of the user's, asked by a POST. A JSON answer may say <c>verdict</c> (pass, fail, inconclusive)
/// and
/// <c>detail</c>; without it the status decides: 2xx passes, 202, 429 and 503 are inconclusive, all else
/// fails.</summary>
internal static class WebhookGate
{
    private const int DetailCharactersMax = 200;

    public static async Task<GateResult> AskAsync(
        CutoverGateSpec.Webhook gate, GateContext context, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = gate.Timeout };
        using var content = new ByteArrayContent(Body(context));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(new Uri(gate.Url.Value), content, cancellationToken);
        var (said, detail) = Said(await answer.Content.ReadAsStringAsync(cancellationToken));
        var verdict = said ?? answer.StatusCode switch
        {
            HttpStatusCode.Accepted or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable =>
                GateVerdict.Inconclusive,
            _ when answer.IsSuccessStatusCode => GateVerdict.Pass,
            _ => GateVerdict.Fail,
        };
        return gate.Result(verdict, $"status {(int)answer.StatusCode}{(detail is "" ? "" : $": {detail}")}");
    }

    private static byte[] Body(GateContext context)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("cutover", context.Document.Name.ToString());
            json.WriteStartArray("hostnames");
            foreach (var hostname in context.Document.Hostnames)
            {
                json.WriteStringValue(hostname.Value);
            }

            json.WriteEndArray();
            json.WriteNumber("step", context.Step);
            json.WriteNumber("weight", context.Weight);
            json.WriteString("newLoadBalancer", context.NewBalancer?.DnsName);
            json.WriteString("oldLoadBalancer", context.OldBalancer?.DnsName);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static (GateVerdict? Verdict, string Detail) Said(string body)
    {
        if (!body.TrimStart().StartsWith('{'))
        {
            return (null, "");
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var detail = TextOf(document.RootElement, "detail");
            return (
                TextOf(document.RootElement, "verdict") switch
                {
                    "pass" => GateVerdict.Pass,
                    "fail" => GateVerdict.Fail,
                    "inconclusive" => GateVerdict.Inconclusive,
                    _ => null,
                },
                detail[..Math.Min(detail.Length, DetailCharactersMax)]);
        }
        catch (JsonException)
        {
            return (null, "the body is no JSON");
        }
    }

    private static string TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
