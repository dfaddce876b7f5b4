namespace Gwctl.Providers.Gcp;

/// <summary>The one form in which attributes and outputs name the objects of Compute Engine:
/// <c>https://www.googleapis.com/compute/v1/projects/p/global/urlMaps/web</c>.</summary>
public static class SelfLinks
{
    private const string Root = "https://www.googleapis.com/compute/v1/";
    private const string Projects = "projects/";

    /// <param name="project">The project's id.</param>
    /// <param name="location"><c>global</c>, a region or a zone.</param>
    /// <param name="collection">As in the path: <c>urlMaps</c>.</param>
    /// <param name="name">The object's name.</param>
    public static string Of(string project, string location, string collection, string name) =>
        $"{Root}{Projects}{project}/{Place(location)}/{collection}/{name}";

    /// <summary>The same object in that form; null where the text names no object of a project.</summary>
    /// <param name="text">A URL with any host and API version, or a path from <c>projects/</c> on.</param>
    public static string? Canonical(string text)
    {
        if (text.StartsWith(Root + Projects, StringComparison.Ordinal))
        {
            return text;
        }

        var isPath = text.StartsWith(Projects, StringComparison.Ordinal);
        var start = isPath ? 0 : text.IndexOf($"/{Projects}", StringComparison.Ordinal) + 1;
        return isPath || (start > 0 && text.Contains("://", StringComparison.Ordinal)) ? Root + text[start..] : null;
    }

    /// <summary>The path in front of a collection: <c>global</c>, <c>regions/r</c> or <c>zones/z</c>.</summary>
    public static string Place(string location) => location switch
    {
        "global" => "global",
        _ when IsZone(location) => $"zones/{location}",
        _ => $"regions/{location}",
    };

    /// <summary>True for <c>us-central1-a</c>, false for <c>us-central1</c>.</summary>
    public static bool IsZone(string location) =>
        location.LastIndexOf('-') is var end and > 0 && end < location.Length - 1
        && !char.IsAsciiDigit(location[^1]) && char.IsAsciiDigit(location[end - 1]);

    /// <summary>The region of a zone: <c>us-central1</c>.</summary>
    public static string RegionOf(string zone) => zone[..zone.LastIndexOf('-')];
}
