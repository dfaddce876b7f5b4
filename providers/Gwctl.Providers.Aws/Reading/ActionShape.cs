using Gwctl.Core;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Aws.Api.Elbv2;
using Action = Gwctl.Providers.Aws.Api.Elbv2.Action;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>Actions of rules and listeners, both ways. AWS answers more than it was given: the legacy TargetGroupArn
/// of a single group, Order, a weight for a single group. All that is no difference and is left out.</summary>
internal static class ActionShape
{
    public static AttributeValue From(IEnumerable<Action> actions) =>
        Attr.List(actions.OrderBy(action => action.Order ?? 0).Select(action => Attr.Map(From(action))));

    public static EquatableList<Action> ToActions(AttributeMap attributes, string name) =>
        attributes.MapsOf(name).Select(ToAction).ToEquatableList();

    private static AttributeMap From(Action action)
    {
        var shape = AttributeMap.Empty.Put("type", action.Type);
        return action.Type switch
        {
            ActionTypeEnum.Forward => Forward(shape, action),
            ActionTypeEnum.Redirect when action.RedirectConfig is { } redirect => Redirect(shape, redirect),
            ActionTypeEnum.FixedResponse when action.FixedResponseConfig is { } response => Fixed(shape, response),
            // Authentication before a forward is nobody's wish here: its type alone makes the difference that repairs
            // it.
            _ => shape,
        };
    }

    private static AttributeMap Forward(AttributeMap shape, Action action)
    {
        var groups = action.ForwardConfig?.TargetGroups is { Count: > 0 } tuples
            ? tuples
            : action.TargetGroupArn is { } single ? [new TargetGroupTuple { TargetGroupArn = single }] : [];
        var isSingle = groups.Count == 1;
        var maps = groups.OrderBy(group => group.TargetGroupArn, StringComparer.Ordinal).Select(group => Attr.Map(
            AttributeMap.Empty
                .Put("targetGroup", group.TargetGroupArn)
                .Put("weight", isSingle ? null : group.Weight ?? 1)));
        var stickiness = action.ForwardConfig?.TargetGroupStickinessConfig;
        return shape
            .Put("targetGroups", Attr.List(maps))
            .Put("stickinessSeconds", stickiness is { Enabled: true } ? stickiness.DurationSeconds : null);
    }

    /// <summary>What is not given keeps the request's: AWS answers its placeholder then, and so does this.</summary>
    private static AttributeMap Redirect(AttributeMap shape, RedirectActionConfig redirect) => shape
        .Put("protocol", redirect.Protocol ?? "#{protocol}")
        .Put("host", redirect.Host ?? "#{host}")
        .Put("port", redirect.Port ?? "#{port}")
        .Put("path", redirect.Path ?? "/#{path}")
        .Put("query", redirect.Query ?? "#{query}")
        .Put("statusCode", redirect.StatusCode);

    private static AttributeMap Fixed(AttributeMap shape, FixedResponseActionConfig response) => shape
        .Put("statusCode", response.StatusCode)
        .Put("contentType", response.MessageBody is null or "" ? null : response.ContentType)
        .Put("messageBody", response.MessageBody is "" ? null : response.MessageBody);

    private static Action ToAction(AttributeMap shape) => shape.TextOf("type") switch
    {
        ActionTypeEnum.Forward => new Action { Type = ActionTypeEnum.Forward, ForwardConfig = ToForward(shape) },
        ActionTypeEnum.Redirect => new Action
        {
            Type = ActionTypeEnum.Redirect,
            RedirectConfig = new RedirectActionConfig
            {
                Protocol = shape.TextOrNull("protocol"),
                Host = shape.TextOrNull("host"),
                Port = shape.TextOrNull("port"),
                Path = shape.TextOrNull("path"),
                Query = shape.TextOrNull("query"),
                StatusCode = shape.TextOf("statusCode"),
            },
        },
        ActionTypeEnum.FixedResponse => new Action
        {
            Type = ActionTypeEnum.FixedResponse,
            FixedResponseConfig = new FixedResponseActionConfig
            {
                StatusCode = shape.TextOf("statusCode"),
                ContentType = shape.TextOrNull("contentType"),
                MessageBody = shape.TextOrNull("messageBody"),
            },
        },
        var other => throw new System.Diagnostics.UnreachableException($"no action of type {other} is ever planned"),
    };

    private static ForwardActionConfig ToForward(AttributeMap shape) => new()
    {
        TargetGroups = shape.MapsOf("targetGroups")
            .Select(group => new TargetGroupTuple
            {
                TargetGroupArn = group.TextOf("targetGroup"),
                Weight = group.NumberOrNull("weight"),
            })
            .ToEquatableList(),
        TargetGroupStickinessConfig = shape.NumberOrNull("stickinessSeconds") is { } seconds
            ? new TargetGroupStickinessConfig { Enabled = true, DurationSeconds = seconds }
            : null,
    };
}
