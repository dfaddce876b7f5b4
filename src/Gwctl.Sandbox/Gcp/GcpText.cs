using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

/// <summary>Times, ids and fingerprints as Google writes them.</summary>
internal static class GcpText
{
    /// <summary>What a resource without labels has for a label fingerprint.</summary>
    private const string NoLabels = "42WmSpB8rSM=";

    /// <summary>Compute's times are Pacific.</summary>
    private static readonly TimeSpan Pacific = TimeSpan.FromHours(-8);

    public static string ComputeTime(DateTimeOffset time) =>
        time.ToOffset(Pacific).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public static string UtcTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset ReadTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A resource's number, 18 or 19 digits, never given out before.</summary>
    public static string NextId(Transaction state)
    {
        var number = Convert.ToUInt64(state.NextHex(16), 16);
        return (100_000_000_000_000_000 + (number % 9_000_000_000_000_000_000)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A hash of the content, eight bytes in base64.</summary>
    public static string Fingerprint(Value content) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ValueJson.ToText(content)))[..8]);

    public static string LabelFingerprint(Struct? labels) =>
        labels is null or { Count: 0 } ? NoLabels : Fingerprint(labels);
}
