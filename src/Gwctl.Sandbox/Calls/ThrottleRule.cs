using Gwctl.Core;

namespace Gwctl.Sandbox.Calls;

/// <summary>A token bucket shared by some operations of a service, in one account and region.</summary>
/// <param name="Service">A contract's name, such as <c>elbv2</c>.</param>
/// <param name="Operations">The operations' names; one that ends in <c>*</c> is a prefix.</param>
public sealed record ThrottleRule(
    string Service, EquatableList<string> Operations, double Capacity, double RefillPerSecond);
