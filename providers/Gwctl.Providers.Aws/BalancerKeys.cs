namespace Gwctl.Providers.Aws;

/// <summary>How the keys of a Gateway's two load balancers and of what is theirs are made.</summary>
public static class BalancerKeys
{
    /// <summary>Of the Application Load Balancer and its security group.</summary>
    public const string Application = "";

    /// <summary>Of the Network Load Balancer and its security group.</summary>
    public const string Network = "network";

    /// <summary><c>443</c>, or <c>network/443</c>.</summary>
    /// <param name="balancerKey">One of the two keys above.</param>
    public static string OfListener(string balancerKey, int port) =>
        balancerKey is Application ? $"{port}" : $"{balancerKey}/{port}";

    public static bool IsNetwork(string key) =>
        key is Network || key.StartsWith($"{Network}/", StringComparison.Ordinal);
}
