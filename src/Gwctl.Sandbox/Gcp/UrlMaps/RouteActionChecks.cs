using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.UrlMaps;

/// <summary>Checks of a route's action.</summary>
internal static class RouteActionChecks
{
    private static readonly string[] PathRewrites = ["pathPrefixRewrite", "pathTemplateRewrite", "regexRewrite"];

    private static readonly HashSet<string> RetryConditions = new(StringComparer.Ordinal)
    {
        "5xx", "gateway-error", "connect-failure", "retriable-4xx", "refused-stream", "cancelled", "deadline-exceeded",
        "internal", "resource-exhausted", "unavailable", "reset",
    };

    public static IEnumerable<GcpException> Run(string place, Struct action, bool isOfRule)
    {
        var weighted = action.Structs("weightedBackendServices").ToList();
        for (var index = 0; index < weighted.Count; index++)
        {
            if (!weighted[index].Has("backendService"))
            {
                yield return GcpErrors.Required($"{place}.weightedBackendServices[{index}].backendService");
            }
        }

        if (weighted.Count > 0 && weighted.TrueForAll(one => one.Number("weight") is null or 0))
        {
            yield return GcpErrors.Invalid(
                $"{place}.weightedBackendServices", "", "At least one weight must be greater than 0.");
        }

        foreach (var error in CheckRewrite($"{place}.urlRewrite", action.Member("urlRewrite"), isOfRule)
            .Concat(CheckRetry($"{place}.retryPolicy", action.Member("retryPolicy")))
            .Concat(CheckFault($"{place}.faultInjectionPolicy", action.Member("faultInjectionPolicy"))))
        {
            yield return error;
        }

        if (action.Member("requestMirrorPolicy") is { } mirror && !mirror.Has("backendService"))
        {
            yield return GcpErrors.Required($"{place}.requestMirrorPolicy.backendService");
        }
    }

    private static IEnumerable<GcpException> CheckRewrite(string place, Struct? rewrite, bool isOfRule)
    {
        if (rewrite is null)
        {
            yield break;
        }

        if (PathRewrites.Count(rewrite.Has) > 1)
        {
            yield return GcpErrors.Invalid(
                place, "", "Only one of pathPrefixRewrite, pathTemplateRewrite and regexRewrite can be specified.");
        }

        if (rewrite.Text("pathPrefixRewrite") is { } prefix && !prefix.StartsWith('/'))
        {
            yield return GcpErrors.Invalid($"{place}.pathPrefixRewrite", prefix, "Must start with '/'.");
        }

        if (rewrite.Has("pathTemplateRewrite") && !isOfRule)
        {
            yield return GcpErrors.Invalid(
                $"{place}.pathTemplateRewrite", rewrite["pathTemplateRewrite"], "Needs a route rule with a template.");
        }
    }

    private static IEnumerable<GcpException> CheckRetry(string place, Struct? retry)
    {
        if (retry?.Texts("retryConditions").FirstOrDefault(one => !RetryConditions.Contains(one)) is { } unknown)
        {
            yield return GcpErrors.Invalid($"{place}.retryConditions", unknown, "Not a known condition.");
        }

        if (retry?.Number("numRetries") is <= 0)
        {
            yield return GcpErrors.Invalid($"{place}.numRetries", retry["numRetries"], "Must be greater than 0.");
        }
    }

    private static IEnumerable<GcpException> CheckFault(string place, Struct? fault)
    {
        if (fault?.Member("abort") is { } abort && !abort.Has("httpStatus"))
        {
            yield return GcpErrors.Required($"{place}.abort.httpStatus");
        }

        if (fault?.Member("delay") is { } delay && !delay.Has("fixedDelay"))
        {
            yield return GcpErrors.Required($"{place}.delay.fixedDelay");
        }
    }
}
