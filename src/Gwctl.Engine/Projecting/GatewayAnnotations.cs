using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Engine.Marks;

namespace Gwctl.Engine.Projecting;

/// <summary>What one Gateway has otherwise than its ProviderConfig: annotations of its own, or of its
/// spec.infrastructure, which go first.</summary>
public static class GatewayAnnotations
{
    /// <summary>Takes gwctl's annotations one by one.</summary>
    /// <param name="gateway">Whose they are.</param>
    /// <param name="start">What holds without any.</param>
    /// <param name="with">What holds with one more; null where it is unknown or its value wrong.</param>
    /// <param name="refuse">Told of each that <paramref name="with"/> did not take; it counts as not given.</param>
    public static T Apply<T>(GatewayRouting gateway, T start, Func<T, Label, T?> with, Action<Label> refuse)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(gateway);
        ArgumentNullException.ThrowIfNull(with);
        ArgumentNullException.ThrowIfNull(refuse);
        var result = start;
        foreach (var annotation in gateway.Annotations.Concat(gateway.InfrastructureAnnotations)
            .Where(annotation => annotation.Name.StartsWith(MarkNames.Prefix, StringComparison.Ordinal)))
        {
            if (with(result, annotation) is { } changed)
            {
                result = changed;
            }
            else
            {
                refuse(annotation);
            }
        }

        return result;
    }
}
