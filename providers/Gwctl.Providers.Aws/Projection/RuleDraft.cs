using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What a rule does with its requests. Equal identities mean equal treatment.</summary>
/// <param name="Actions">As the attribute.</param>
/// <param name="Transforms">As the attribute; often empty.</param>
internal sealed record RuleTreatment(AttributeValue.List Actions, AttributeValue.List Transforms)
{
    public static readonly RuleTreatment NotFound = Status(404);

    public static readonly RuleTreatment Failure = Status(500);

    public string Identity { get; } = $"{AttributeOrder.Canonical(Actions)}{AttributeOrder.Canonical(Transforms)}";

    /// <summary>Without a body: nobody outside shall read why.</summary>
    public static RuleTreatment Status(int code) => Of(Shape.Map(
        Shape.Text("type", "fixed-response"), Shape.Text("statusCode", code.ToString())));

    public static RuleTreatment Of(AttributeValue.Map action, params ReadOnlySpan<AttributeValue> transforms) =>
        new(new AttributeValue.List([action]), new AttributeValue.List([.. transforms]));
}

/// <summary>A rule on its way to become one: hosts and paths may still grow by merging.</summary>
internal sealed class RuleDraft
{
    /// <summary>Any of them; empty is any host.</summary>
    public required List<HostPattern> Hosts { get; init; }

    /// <summary>Any of them; empty is any path.</summary>
    public required List<PathTerm> Paths { get; init; }

    /// <summary>The terms beside the path, which is in <see cref="Paths"/>.</summary>
    public required MatchTerms Terms { get; init; }

    public required RuleTreatment Treatment { get; init; }

    /// <summary>Null for a rule that keeps listeners apart.</summary>
    public required RuleOrigin? Origin { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>True once another draft holds its hosts and paths.</summary>
    public bool IsMerged { get; set; }

    /// <summary>True only where no request matches both. Headers and query parameters do not count: a request may carry
    /// several of one name, and an ALB looks at all of them.</summary>
    public bool IsDisjointFrom(RuleDraft other) =>
        (Terms.Method is { } method && other.Terms.Method is { } otherMethod && method != otherMethod)
        || (Hosts.Count > 0 && other.Hosts.Count > 0
            && Hosts.TrueForAll(host => other.Hosts.TrueForAll(second => host.Intersect(second) is null)))
        || (Paths.Count > 0 && other.Paths.Count > 0
            && Paths.TrueForAll(path => other.Paths.TrueForAll(path.IsDisjointFrom)));
}
