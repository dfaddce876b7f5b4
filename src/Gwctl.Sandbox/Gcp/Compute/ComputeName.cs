using System.Text.RegularExpressions;

namespace Gwctl.Sandbox.Gcp.Compute;

internal enum ScopeKind
{
    Global,
    Region,
    Zone,
}

/// <summary>Where a resource lives.</summary>
/// <param name="Location">A region's or a zone's name; empty for global.</param>
internal readonly record struct ComputeScope(ScopeKind Kind, string Location)
{
    public static readonly ComputeScope Global = new(ScopeKind.Global, "");

    /// <summary>As it stands in a path: <c>global</c>, <c>regions/us-east1</c>, <c>zones/us-east1-b</c>.</summary>
    public string Path => Kind switch
    {
        ScopeKind.Region => $"regions/{Location}",
        ScopeKind.Zone => $"zones/{Location}",
        _ => "global",
    };

    public static ComputeScope Parse(string path) => path.Split('/') switch
    {
        ["regions", var region] => new(ScopeKind.Region, region),
        ["zones", var zone] => new(ScopeKind.Zone, zone),
        _ => Global,
    };
}

/// <summary>What a Compute resource is called.</summary>
/// <param name="Collection">As it stands in a path: <c>urlMaps</c>.</param>
internal sealed partial record ComputeName(string Project, ComputeScope Scope, string Collection, string Name)
{
    private const string Root = "https://www.googleapis.com/compute/v1/";

    /// <summary>From <c>projects/</c> on. Regions and zones are their own scope.</summary>
    public string Path => Collection is "regions" or "zones"
        ? $"projects/{Project}/{Collection}/{Name}"
        : $"projects/{Project}/{Scope.Path}/{Collection}/{Name}";

    public string Link => Root + Path;

    public string Table => TableOf(Project, Collection);

    public string Key => $"{Scope.Path}/{Name}";

    public static string TableOf(string project, string collection) => $"gcp/{project}/compute/{collection}";

    public static ComputeName OfKey(string project, string collection, string key)
    {
        var cut = key.LastIndexOf('/');
        return new ComputeName(project, ComputeScope.Parse(key[..cut]), collection, key[(cut + 1)..]);
    }

    public static string LinkOf(string path) => Root + path;

    /// <summary>Reads a reference in any of the forms that the API takes: a full URL of any host and version, a path
    /// from <c>projects/</c> on, or a path within the project.</summary>
    /// <returns>Null where it is none of them.</returns>
    public static ComputeName? Parse(string reference, string project)
    {
        if (Form().Match(reference) is not { Success: true } match)
        {
            return null;
        }

        var own = match.Groups["project"] is { Success: true } named ? named.Value : project;
        var scope = match.Groups["scope"].Value;
        return new ComputeName(
            own, ComputeScope.Parse(scope), match.Groups["collection"].Value, match.Groups["name"].Value);
    }

    [GeneratedRegex(
        @"\A(?:https?://[^/]+(?:/[^/]+)*?/compute/(?:v1|beta|alpha)/|/)?(?:projects/(?<project>[^/]+)/)?"
        + @"(?<scope>global|regions/[^/]+|zones/[^/]+)/(?<collection>[A-Za-z]+)/(?<name>[^/]+)\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
