using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Kubernetes.Kinds;

/// <summary>Which version of a group is preferred: v2 before v1, v1 before v1beta1, v1beta1 before v1alpha1.</summary>
internal static partial class VersionOrder
{
    public static readonly Comparer<(int Stability, int Major, int Minor)> Comparer =
        Comparer<(int Stability, int Major, int Minor)>.Default;

    public static (int Stability, int Major, int Minor) Rank(string version)
    {
        var match = Form().Match(version);
        if (!match.Success)
        {
            return (-1, 0, 0);
        }

        var stability = match.Groups["stage"].Value switch { "" => 2, "beta" => 1, _ => 0 };
        return (stability, int.Parse(match.Groups["major"].Value),
            match.Groups["minor"] is { Success: true } minor ? int.Parse(minor.Value) : 0);
    }

    [GeneratedRegex(
        @"^v(?<major>\d{1,4})((?<stage>alpha|beta)(?<minor>\d{1,4}))?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Form();
}
