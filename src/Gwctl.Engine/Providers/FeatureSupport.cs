namespace Gwctl.Engine.Providers;

/// <summary>How far a feature goes.</summary>
public enum SupportLevel
{
    /// <summary>As specified.</summary>
    Native,

    /// <summary>As specified, made of something else.</summary>
    Emulated,

    /// <summary>Done, with a difference that a diagnostic tells.</summary>
    Divergent,

    /// <summary>Refused with an error at the field.</summary>
    Unsupported,
}

/// <summary>What a provider makes of a feature of the Gateway API.</summary>
/// <param name="Name">As the Gateway API's conformance suite has it: <c>HTTPRoutePathRewrite</c>.</param>
/// <param name="Note">How it is emulated, what differs or why not, in a sentence; empty for native ones.</param>
/// <param name="ProvedBy">The test that shows it, as <c>Class.Method</c>; null only where the feature is not
/// native.</param>
public sealed record FeatureSupport(string Name, SupportLevel Level, string Note, string? ProvedBy);
