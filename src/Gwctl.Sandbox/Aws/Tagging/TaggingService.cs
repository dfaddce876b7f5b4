using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;
using static Gwctl.Sandbox.Aws.OperationHandler;

namespace Gwctl.Sandbox.Aws.Tagging;

/// <summary>Resource Groups Tagging API, version 2017-01-26: one index over the tagged resources of a region.</summary>
internal static partial class TaggingService
{
    private const int PageMax = 100;

    public static AwsService Create() => new("tagging",
    [
        Reads("GetResources", GetResources),
        Reads("GetTagKeys", GetTagKeys),
        Reads("GetTagValues", GetTagValues),
        Writes("TagResources", TagWriter.Tag),
        Writes("UntagResources", TagWriter.Untag),
    ]);

    private static Struct GetResources(Call call)
    {
        var filters = call.Input.Structs("TagFilters").ToList();
        var types = call.Input.Texts("ResourceTypeFilters").ToList();
        var arns = call.Input.Texts("ResourceARNList").ToList();
        CheckTypes(types);
        if (arns.Count > 0 && (filters.Count > 0 || types.Count > 0))
        {
            throw new AwsException(
                "InvalidParameterException", "ResourceARNList cannot be specified together with other filters");
        }

        var rows = TagIndex.All(call)
            .Where(resource => arns.Count is 0 || arns.Contains(resource.Key))
            .Where(resource => types.Count is 0 || types.Exists(type => IsOfType(resource.Key, type)))
            .Where(resource => filters.TrueForAll(filter => Passes(resource.Value, filter)))
            .Select(resource => KeyValuePair.Create(resource.Key, new Struct
            {
                { "ResourceARN", resource.Key },
                { "Tags", Tags.ToList(resource.Value) },
            }));
        var (page, next) = Page(call, rows, (int)(call.Input.Number("ResourcesPerPage") ?? PageMax));
        return new Struct { { "PaginationToken", next ?? "" }, { "ResourceTagMappingList", page } };
    }

    private static Struct GetTagKeys(Call call)
    {
        var keys = TagIndex.All(call).SelectMany(resource => resource.Value.Select(tag => tag.Key));
        return Texts(call, keys, "TagKeys");
    }

    private static Struct GetTagValues(Call call)
    {
        var key = call.Input.Required("Key");
        var values = TagIndex.All(call).Select(resource => resource.Value.Text(key)).OfType<string>();
        return Texts(call, values, "TagValues");
    }

    private static Struct Texts(Call call, IEnumerable<string> texts, string member)
    {
        var rows = texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(text => KeyValuePair.Create(text, new Struct { { "Text", text } }));
        var (page, next) = Page(call, rows, PageMax);
        return new Struct { { "PaginationToken", next ?? "" }, { member, page.Select(row => row.Required("Text")) } };
    }

    private static (List<Struct> Page, string? NextToken) Page(
        Call call, IEnumerable<KeyValuePair<string, Struct>> rows, int size)
    {
        if (size is < 1 or > PageMax)
        {
            throw new AwsException("InvalidParameterException", $"ResourcesPerPage must be between 1 and {PageMax}");
        }

        try
        {
            var token = call.Input.Text("PaginationToken");
            return Paging.Take(rows, token is "" ? null : token, size);
        }
        catch (FormatException)
        {
            throw new AwsException(
                "PaginationTokenExpiredException", "The pagination token is not valid or has expired");
        }
    }

    private static bool Passes(Struct tags, Struct filter)
    {
        var values = filter.Texts("Values").ToList();
        return tags.Text(filter.Text("Key") ?? "") is { } value && (values.Count is 0 || values.Contains(value));
    }

    /// <summary><c>elasticloadbalancing</c> or <c>elasticloadbalancing:loadbalancer</c>.</summary>
    private static bool IsOfType(string arn, string filter)
    {
        var parts = arn.Split(':', 6);
        var (service, type) = (parts[2], parts[5].Split('/')[0]);
        return filter.Split(':') is [var wantedService, var wantedType]
            ? wantedService == service
                && (wantedType == type || parts[5].StartsWith($"{wantedType}/", StringComparison.Ordinal))
            : filter == service;
    }

    private static void CheckTypes(List<string> types)
    {
        if (types.Find(type => !TypePattern().IsMatch(type)) is { } wrong)
        {
            throw new AwsException("InvalidParameterException", $"{wrong} is not a valid resource type filter");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9-]+(:[A-Za-z0-9/_-]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypePattern();
}
