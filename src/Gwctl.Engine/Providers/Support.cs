namespace Gwctl.Engine.Providers;

/// <summary>How far a feature of the Gateway API goes in a cloud. A claim cites what proves it:
/// the name of a test.</summary>
public abstract record Support
{
    private Support()
    {
    }

    /// <summary>The load balancer does it as specified.</summary>
    public sealed record Native(string ProvenBy) : Support;

    /// <summary>Specified behaviour, made of something else.</summary>
    /// <param name="How">Of what.</param>
    public sealed record Emulated(string How, string ProvenBy) : Support;

    /// <summary>Done, with a difference that a warning announces.</summary>
    /// <param name="Difference">A sentence: the warning's text.</param>
    public sealed record Divergent(string Difference, string ProvenBy) : Support;

    /// <summary>Refused with an error at the field.</summary>
    /// <param name="Because">A sentence: the error's text.</param>
    public sealed record Unsupported(string Because, string? ProvenBy) : Support;

    /// <summary>The sentence of a feature that is refused, or done with a difference.</summary>
    public string Explanation(string feature) => this switch
    {
        Unsupported(var because, _) => because,
        Divergent(var difference, _) => difference,
        _ => throw new System.Diagnostics.UnreachableException($"gwctl has a bug: {feature} needs no explanation."),
    };

    /// <summary>As a provider's table has it.</summary>
    public FeatureSupport ToFeature(string name) => this switch
    {
        Native native => new(name, SupportLevel.Native, "", native.ProvenBy),
        Emulated emulated => new(name, SupportLevel.Emulated, emulated.How, emulated.ProvenBy),
        Divergent divergent => new(name, SupportLevel.Divergent, divergent.Difference, divergent.ProvenBy),
        Unsupported refused => new(name, SupportLevel.Unsupported, refused.Because, refused.ProvenBy),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
