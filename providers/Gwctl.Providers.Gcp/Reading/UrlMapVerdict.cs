using System.Text.Json.Nodes;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>What <c>urlMaps.validate</c> is asked, and answers: Google loads the map and runs its tests, and changes
/// nothing.</summary>
internal static class UrlMapVerdict
{
    /// <param name="map">Its body.</param>
    public static JsonObject Request(string location, JsonObject map)
    {
        var request = new JsonObject { ["resource"] = map.DeepClone() };
        if (location is "global")
        {
            // A map that refers to no backend does not tell by itself for which load balancer it is.
            request["loadBalancingSchemes"] = new JsonArray("EXTERNAL_MANAGED");
        }

        return request;
    }

    /// <summary>Null where the map can be loaded and its tests pass; else why not, in sentences.</summary>
    public static string? Failures(JsonObject answer, int shownMax)
    {
        var result = answer.ObjectOrNull("result") ?? [];
        var errors = result.Texts("loadErrors").ToList();
        if (!result.Flag("loadSucceeded") || errors.Count > 0)
        {
            return errors.Count > 0 ? string.Join(" ", errors.Take(shownMax)) : "It cannot be loaded.";
        }

        var failures = result.Objects("testFailures").ToList();
        if (failures.Count is 0)
        {
            return result.ContainsKey("testPassed") && !result.Flag("testPassed") ? "Its tests fail." : null;
        }

        var more = failures.Count > shownMax ? $" And {failures.Count - shownMax} more." : "";
        return string.Join(" ", failures.Take(shownMax).Select(Describe)) + more;
    }

    private static string Describe(JsonObject failure)
    {
        var request = $"{failure.TextOrNull("host")}{failure.TextOrNull("path")}";
        foreach (var (what, expected, actual) in new[]
        {
            ("service", "expectedService", "actualService"),
            ("URL", "expectedOutputUrl", "actualOutputUrl"),
            ("redirect", "expectedRedirectResponseCode", "actualRedirectResponseCode"),
        })
        {
            var (wanted, found) = (failure.TextOrNull(expected), failure.TextOrNull(actual));
            if (wanted != found)
            {
                return $"{request} should get the {what} {wanted ?? "(none)"} and gets {found ?? "(none)"}.";
            }
        }

        return $"{request} fails its test.";
    }
}
