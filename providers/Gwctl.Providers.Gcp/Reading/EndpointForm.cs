using System.Text.Json.Nodes;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>The endpoints of a network endpoint group, both ways.</summary>
internal static class EndpointForm
{
    public const string Field = "networkEndpoints";

    /// <param name="group">The group's <c>selfLink</c>.</param>
    /// <param name="endpoints">As they are listed.</param>
    public static AttributeMap Shape(string group, IEnumerable<JsonObject> endpoints) => AttributeMap.Empty
        .Put("networkEndpointGroup", group)
        .Put(Field, AttributeOrder.Sorted(endpoints.Select(
            found => Attr.Map(From(found.ObjectOrNull("networkEndpoint") ?? [])))));

    public static AttributeMap From(JsonObject endpoint) => AttributeMap.Empty
        .Put("ipAddress", endpoint.TextOrNull("ipAddress"))
        .Put("fqdn", endpoint.TextOrNull("fqdn"))
        .Put("instance", LastSegment(endpoint.TextOrNull("instance")))
        .Put("port", (long?)endpoint.NumberOrNull("port"));

    public static JsonObject To(AttributeMap endpoint) => BodyForm.To(
        endpoint, static _ => throw new System.Diagnostics.UnreachableException("endpoints hold no secrets"));

    /// <summary>The API takes and gives an instance by its name or its URL.</summary>
    private static string? LastSegment(string? text) =>
        text is { Length: > 0 } ? text[(text.LastIndexOf('/') + 1)..] : null;
}
