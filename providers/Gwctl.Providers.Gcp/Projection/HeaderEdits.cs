using Gwctl.Compiler.Specs;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Projection;

/// <summary>Header modifications as a <c>headerAction</c>. Google applies a backend's action before the rule's, the
/// Gateway API the other way round; so both are put into one.</summary>
internal sealed class HeaderEdits
{
    private readonly Dictionary<string, Edit> _request = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Edit> _response = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where there is nothing to change.</summary>
    public static AttributeField? Of(params ReadOnlySpan<EquatableList<HttpFilterSpec>> filters)
    {
        var edits = new HeaderEdits();
        foreach (var filter in filters)
        {
            foreach (var item in filter)
            {
                edits.Take(item);
            }
        }

        var action = Shape.Map(
            Added("requestHeadersToAdd", edits._request), Removed("requestHeadersToRemove", edits._request),
            Added("responseHeadersToAdd", edits._response), Removed("responseHeadersToRemove", edits._response));
        return action.Fields.Fields.Count is 0 ? null : Shape.Field("headerAction", action);
    }

    /// <summary>Headers that Google's load balancers let nobody change. Source: Google's page on custom
    /// headers.</summary>
    public static string? WhyRefused(string header) => header.ToLowerInvariant() switch
    {
        "host" => "a URLRewrite's hostname changes the host",
        "x-user-ip" or "cdn-loop" or "connection" or "keep-alive" or "transfer-encoding" or "te" or "upgrade"
            or "trailer" or "proxy-connection" => "it is the load balancer's own",
        var name when name.StartsWith("x-google", StringComparison.Ordinal)
            || name.StartsWith("x-goog-", StringComparison.Ordinal)
            || name.StartsWith("x-gfe", StringComparison.Ordinal)
            || name.StartsWith("x-amz-", StringComparison.Ordinal) => "Google keeps such names to itself",
        _ => null,
    };

    private void Take(HttpFilterSpec filter)
    {
        var (edits, spec) = filter switch
        {
            HttpFilterSpec.RequestHeaderModifier request => (_request, request.Edit),
            HttpFilterSpec.ResponseHeaderModifier response => (_response, response.Edit),
            _ => (_request, null),
        };
        if (spec is null)
        {
            return;
        }

        foreach (var header in spec.Set)
        {
            edits[header.Name] = new Edit(header.Name, true, [header.Value]);
        }

        foreach (var header in spec.Add)
        {
            var known = edits.GetValueOrDefault(header.Name) ?? new Edit(header.Name, false, []);
            edits[header.Name] = known with { Values = [.. known.Values, header.Value] };
        }

        foreach (var name in spec.Remove)
        {
            edits[name] = new Edit(name, true, []);
        }
    }

    /// <summary>Google replaces unless told otherwise, so that it is always told.</summary>
    private static AttributeField? Added(string name, Dictionary<string, Edit> edits)
    {
        var items = edits.Values.Where(edit => edit.Values.Count > 0)
            .OrderBy(edit => edit.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(edit => edit.Values.Select((value, index) => Shape.Map(
                Shape.Text("headerName", edit.Name),
                Shape.Text("headerValue", value),
                Shape.Flag("replace", edit.Replaces && index is 0))))
            .ToList();
        return items.Count is 0 ? null : Shape.Field(name, new AttributeValue.List([.. items]));
    }

    private static AttributeField? Removed(string name, Dictionary<string, Edit> edits)
    {
        var items = edits.Values.Where(edit => edit is { Replaces: true, Values.Count: 0 })
            .Select(edit => edit.Name).ToList();
        return items.Count is 0 ? null : Shape.Field(name, Shape.Texts(items));
    }

    /// <param name="Replaces">What the message has of it goes.</param>
    private sealed record Edit(string Name, bool Replaces, EquatableList<string> Values);
}
