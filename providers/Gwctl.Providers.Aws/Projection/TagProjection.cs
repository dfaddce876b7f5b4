using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>The user's tags: the ProviderConfig's, and the Gateway's infrastructure.labels, which go first.</summary>
internal static class TagProjection
{
    /// <summary>Tags that gwctl needs for its own marks.</summary>
    private const int OwnTagsMax = 8;

    public static AttributeField TagsOf(GatewayRouting gateway, AwsSettings settings, Action<Diagnostic> report)
    {
        var tags = settings.Tags.Select(tag => KeyValuePair.Create(tag.Name, tag.Value)).ToList();
        foreach (var label in gateway.InfrastructureLabels)
        {
            if (TagNames.WhyRefused(label.Name, label.Value) is { } why)
            {
                report(AwsDiagnostics.BadTag(label, why) with { Object = $"Gateway/{gateway.Name}" });
            }
            else
            {
                tags.Add(KeyValuePair.Create(label.Name, label.Value));
            }
        }

        var map = Shape.TextMap(tags);
        if (map.Fields.Fields.Count > AlbLimits.TagsMax - OwnTagsMax)
        {
            report(AwsDiagnostics.TooManyTags(gateway, map.Fields.Fields.Count, AlbLimits.TagsMax - OwnTagsMax));
        }

        return Shape.Field("tags", map);
    }

    public static AttributeField WithProtection(AttributeField tags) =>
        tags.Value is AttributeValue.Map(var fields)
            ? Shape.Field(tags.Name,
                new AttributeValue.Map(fields.With(MarkNames.Protect, new AttributeValue.Text("true"))))
            : tags;
}
