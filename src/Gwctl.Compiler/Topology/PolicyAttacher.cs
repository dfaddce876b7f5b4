using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Finds the BackendPolicy of each Service. Of several the oldest holds, then the first by name.</summary>
internal static class PolicyAttacher
{
    public static Dictionary<ObjectName, BackendPolicySpec> Attach(SpecIndex index, List<Diagnostic> diagnostics)
    {
        var holders = new Dictionary<ObjectName, BackendPolicySpec>();
        var inOrder = index.Specs.BackendPolicies
            .OrderBy(policy => policy.Meta.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(policy => policy.Name);
        foreach (var policy in inOrder)
        {
            foreach (var target in policy.TargetRefs)
            {
                if (Claim(index, holders, policy, target) is { } diagnostic)
                {
                    diagnostics.Add(diagnostic);
                }
            }
        }

        return holders;
    }

    private static Diagnostic? Claim(
        SpecIndex index,
        Dictionary<ObjectName, BackendPolicySpec> holders,
        BackendPolicySpec policy,
        SpecReference target)
    {
        if (target is not { Group: ApiGroups.Core, Kind: "Service" })
        {
            return BackendDiagnostics.PolicyTargetKind(policy, target);
        }

        var name = new ObjectName(policy.Name.Namespace, target.Name);
        if (!index.Services.ContainsKey(name))
        {
            var names = index.Services.Keys.Where(key => key.Namespace == name.Namespace).Select(key => key.Name);
            return BackendDiagnostics.PolicyTargetMissing(
                policy, target, index.Hints.For($"Service/{name.Namespace}", target.Name, names));
        }

        if (holders.TryAdd(name, policy) || holders[name].Name == policy.Name)
        {
            return null;
        }

        return BackendDiagnostics.PolicyConflict(policy, target, holders[name]);
    }
}
