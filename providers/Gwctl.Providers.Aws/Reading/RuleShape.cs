using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Rules, both ways. Of a condition AWS repeats the values in the legacy list Values: the typed one
/// counts.</summary>
internal static class RuleShape
{
    public static AttributeMap From(string listenerArn, Rule rule) => AttributeMap.Empty
        .Put("listener", listenerArn)
        .Put("priority", int.TryParse(rule.Priority, out var priority) ? priority : null)
        .Put("conditions", AttributeOrder.Sorted(rule.Conditions.Select(condition => Attr.Map(From(condition)))))
        .Put("actions", ActionShape.From(rule.Actions))
        .Put("transforms", Attr.List(rule.Transforms.Select(transform => Attr.Map(From(transform)))));

    public static EquatableList<RuleCondition> ToConditions(AttributeMap rule) =>
        rule.MapsOf("conditions").Select(ToCondition).ToEquatableList();

    public static EquatableList<RuleTransform> ToTransforms(AttributeMap rule) =>
        rule.MapsOf("transforms").Select(ToTransform).ToEquatableList();

    private static AttributeMap From(RuleCondition condition)
    {
        var shape = AttributeMap.Empty.Put("field", condition.Field);
        return condition switch
        {
            { HostHeaderConfig: { } host } => Values(shape, condition, host.Values, host.RegexValues),
            { PathPatternConfig: { } path } => Values(shape, condition, path.Values, path.RegexValues),
            { HttpHeaderConfig: { } header } => Values(
                shape.Put("httpHeaderName", header.HttpHeaderName), condition, header.Values, header.RegexValues),
            { QueryStringConfig: { } query } => shape.Put("values", AttributeOrder.Sorted(query.Values.Select(pair =>
                Attr.Map(AttributeMap.Empty.Put("key", pair.Key).Put("value", pair.Value))))),
            { HttpRequestMethodConfig: { } method } => Values(shape, condition, method.Values, []),
            { SourceIpConfig: { } source } => Values(shape, condition, source.Values, []),
            _ => Values(shape, condition, [], []),
        };
    }

    private static AttributeMap Values(
        AttributeMap shape, RuleCondition condition, EquatableList<string> values, EquatableList<string> regexValues)
    {
        var regexes = regexValues.Count > 0 ? regexValues : condition.RegexValues;
        if (regexes.Count > 0)
        {
            return shape.Put("regexValues", Attr.SortedTexts(regexes));
        }

        return shape.Put("values", Attr.SortedTexts(values.Count > 0 ? values : condition.Values));
    }

    private static AttributeMap From(RuleTransform transform)
    {
        var rewrites = transform.UrlRewriteConfig?.Rewrites ?? transform.HostHeaderRewriteConfig?.Rewrites ?? [];
        var shape = AttributeMap.Empty.Put("type", transform.Type);
        return rewrites is [var only] ? shape.Put("regex", only.Regex).Put("replace", only.Replace) : shape;
    }

    private static RuleCondition ToCondition(AttributeMap shape)
    {
        var condition = new RuleCondition { Field = shape.TextOf("field") };
        var regexes = shape.TextsOf("regexValues");
        EquatableList<string> Texts() => shape.TextsOf("values");
        return condition.Field switch
        {
            "host-header" => condition with
            {
                HostHeaderConfig = new HostHeaderConditionConfig { Values = Texts(), RegexValues = regexes },
            },
            "path-pattern" => condition with
            {
                PathPatternConfig = new PathPatternConditionConfig { Values = Texts(), RegexValues = regexes },
            },
            "http-header" => condition with
            {
                HttpHeaderConfig = new HttpHeaderConditionConfig
                {
                    HttpHeaderName = shape.TextOf("httpHeaderName"),
                    Values = Texts(),
                    RegexValues = regexes,
                },
            },
            "query-string" => condition with { QueryStringConfig = ToQuery(shape) },
            "http-request-method" => condition with
            {
                HttpRequestMethodConfig = new HttpRequestMethodConditionConfig { Values = Texts() },
            },
            "source-ip" => condition with { SourceIpConfig = new SourceIpConditionConfig { Values = Texts() } },
            var other => throw new System.Diagnostics.UnreachableException($"no condition on {other} is ever planned"),
        };
    }

    private static QueryStringConditionConfig ToQuery(AttributeMap shape) => new()
    {
        Values = shape.MapsOf("values")
            .Select(pair => new QueryStringKeyValuePair { Key = pair.TextOrNull("key"), Value = pair.TextOf("value") })
            .ToEquatableList(),
    };

    private static RuleTransform ToTransform(AttributeMap shape)
    {
        EquatableList<RewriteConfig> rewrites =
            [new RewriteConfig { Regex = shape.TextOf("regex"), Replace = shape.TextOf("replace") }];
        return shape.TextOf("type") switch
        {
            TransformTypeEnum.UrlRewrite => new RuleTransform
            {
                Type = TransformTypeEnum.UrlRewrite,
                UrlRewriteConfig = new UrlRewriteConfig { Rewrites = rewrites },
            },
            TransformTypeEnum.HostHeaderRewrite => new RuleTransform
            {
                Type = TransformTypeEnum.HostHeaderRewrite,
                HostHeaderRewriteConfig = new HostHeaderRewriteConfig { Rewrites = rewrites },
            },
            var other => throw new System.Diagnostics.UnreachableException($"no transform {other} is ever planned"),
        };
    }
}
