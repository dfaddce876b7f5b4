using Gwctl.Sandbox.Gcp.UrlMaps;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>URL maps as resources: a map with a mistake, or one whose own tests fail, is not taken.</summary>
internal static class UrlMapResources
{
    public static Struct Complete(Draft draft)
    {
        var errors = UrlMapChecks.Run(
            Written(draft.Content), draft.Call.Quotas, draft.Name.Scope.Kind is ScopeKind.Region);
        if (errors is [var first, ..])
        {
            throw first;
        }

        if (UrlMapTests.Run(draft.Content) is [var failure, ..])
        {
            throw GcpErrors.Invalid("resource.tests", "", $"Test failure: {ValueJson.ToText(failure)}");
        }

        return draft.Content;
    }

    /// <summary>Checks a map and runs its tests, and keeps nothing.</summary>
    public static Struct Validate(GcpCall call, ComputeName name)
    {
        var map = call.Body.Member("resource") ?? throw GcpErrors.Required("resource");
        var schemes = call.Body.Texts("loadBalancingSchemes").ToList();
        var allowsRegex = name.Scope.Kind is ScopeKind.Region || schemes is ["INTERNAL_SELF_MANAGED"];
        var errors = UrlMapChecks.Run(Written(map), call.Quotas, allowsRegex).Select(error => error.Message).ToList();
        var resolved = map;
        try
        {
            resolved = References.Resolve(call, ComputeKinds.UrlMaps, name, map);
        }
        catch (GcpException error)
        {
            errors.Add(error.Message);
        }

        if (errors.Count > 0)
        {
            return Result(new Struct { { "loadErrors", errors }, { "loadSucceeded", false } });
        }

        var failures = UrlMapTests.Run(resolved);
        var result = new Struct { { "loadSucceeded", true }, { "testPassed", failures.Count is 0 } };
        return Result(failures.Count is 0 ? result : result.With("testFailures", new ListValue(failures)));
    }

    private static Struct Result(Struct result) => new() { { "result", result } };

    /// <summary>What the user has written: that is what counts against the size.</summary>
    private static Struct Written(Struct map) =>
        map.Without("id", "kind", "creationTimestamp", "selfLink", "fingerprint", "region");
}
