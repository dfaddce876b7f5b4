namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Matches a request path against a template such as <c>/2013-04-01/hostedzone/{Id}/rrset</c>.</summary>
internal static class PathTemplate
{
    /// <summary>The labels' decoded values, or null where the path is another one. A slash at the end is
    /// ignored.</summary>
    public static Dictionary<string, string>? Match(string template, string path)
    {
        var expected = template.Trim('/').Split('/');
        var actual = path.Trim('/').Split('/');
        if (expected.Length != actual.Length)
        {
            return null;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < expected.Length; index++)
        {
            if (expected[index] is ['{', .. var label, '}'])
            {
                labels.Add(label, Uri.UnescapeDataString(actual[index]));
            }
            else if (expected[index] != actual[index])
            {
                return null;
            }
        }

        return labels;
    }
}
