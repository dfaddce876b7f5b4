using System.Security.Cryptography.X509Certificates;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

/// <summary>What the control plane asks and tells a data plane. With one, loopback addresses can be targets and keys
/// are kept.</summary>
internal interface IDataPlane
{
    /// <summary>What is known of a registered target's health; null where nothing is.</summary>
    TargetVerdict? HealthOf(string targetGroupArn, string id, long port);

    /// <summary>What a load balancer has counted, by minutes from one (included) to the other (excluded).</summary>
    IReadOnlyList<MinuteOfRequests> RequestsOf(string loadBalancerArn, DateTimeOffset from, DateTimeOffset to);

    /// <summary>Keeps the private key (PEM) of an imported certificate.</summary>
    void KeepKey(X509Certificate2 certificate, string key);

    /// <summary>Issues a requested certificate, keeps its key, and returns what issuing adds to the document.</summary>
    Struct Issue(Struct requested, DateTimeOffset at);
}

/// <summary>A target's health as DescribeTargetHealth gives it.</summary>
/// <param name="State">Such as <c>healthy</c>.</param>
/// <param name="Reason">ELB's code; null for a healthy target.</param>
/// <param name="Description">For people; null for a healthy target.</param>
internal sealed record TargetVerdict(string State, string? Reason, string? Description);
