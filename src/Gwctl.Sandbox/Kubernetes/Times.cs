namespace Gwctl.Sandbox.Kubernetes;

/// <summary>Times as the API writes them: to the second, in UTC.</summary>
internal static class Times
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
