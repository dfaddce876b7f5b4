using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Compiler.Topology;

/// <summary>Which of a Gateway's DnsPolicies a hostname has.</summary>
public static class DnsPolicyChoice
{
    /// <summary>The one that names the hostname, else the one for all; null where there is none.</summary>
    public static DnsPolicySpec? Of(EquatableList<DnsPolicySpec> policies, string hostname) =>
        policies.FirstOrDefault(policy => policy.Hostnames.Any(name => name.Value == hostname))
        ?? policies.FirstOrDefault(policy => policy.Hostnames.Count is 0);
}
