using Gwctl.Compiler.Routing;
using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Projection;

/// <summary>What a rule does with its requests.</summary>
internal sealed class RuleTreatment(AttributeValue.List actions, AttributeValue.List transforms)
{
    public static readonly RuleTreatment NotFound = Status(404);

    public static readonly RuleTreatment Failure = Status(500);

    private string? _identity;

    /// <summary>As the attribute.</summary>
    public AttributeValue.List Actions { get; } = actions;

    /// <summary>As the attribute; often empty.</summary>
    public AttributeValue.List Transforms { get; } = transforms;

    /// <summary>True where requests are treated alike.</summary>
    public bool IsSameAs(RuleTreatment other) => ReferenceEquals(this, other) || Identity == other.Identity;

    /// <summary>Made when it is first needed, which is seldom: the rules of one route rule share the object.</summary>
    private string Identity =>
        _identity ??= $"{AttributeOrder.Canonical(Actions)}{AttributeOrder.Canonical(Transforms)}";

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
