using System.Text.RegularExpressions;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Which names gwctl might have given. Projection ends every name with a hyphen and ten hexadecimal digits;
/// so does the AWS Load Balancer Controller, whose names begin with <c>k8s-</c>. Only a sieve: the marks
/// decide.</summary>
internal static partial class AwsNames
{
    public static bool MayBeOurs(string name) =>
        OurForm().IsMatch(name) && !name.StartsWith("k8s-", StringComparison.Ordinal);

    [GeneratedRegex("-[0-9a-f]{10}$", RegexOptions.NonBacktracking)]
    private static partial Regex OurForm();
}
