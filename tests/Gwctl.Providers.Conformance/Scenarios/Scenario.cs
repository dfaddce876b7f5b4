using Gwctl.Core;

namespace Gwctl.Providers.Conformance.Scenarios;

/// <summary>What every provider must do, or refuse.</summary>
/// <param name="Name">Short, unique.</param>
/// <param name="Lesson">What there is to learn from it.</param>
/// <param name="Needs">Features of the Gateway API that it uses beyond the core; where a provider's table says that it
/// refuses one of them, it must refuse the specs, and change nothing.</param>
/// <param name="Stages">What is wanted, one after the other.</param>
internal sealed record Scenario(
    string Name, string Lesson, EquatableList<string> Needs, EquatableList<Stage> Stages)
{
    public override string ToString() => Name;
}

/// <param name="Specs">YAML; <c>ZONE</c> stands for the DNS zone, and <c>CLASS</c> for the provider's name.</param>
/// <param name="Asks">How requests fare then.</param>
internal sealed record Stage(string Specs, EquatableList<Ask> Asks);

/// <summary>A request, and what must come of it.</summary>
/// <param name="Label">The host's first labels, within the zone.</param>
internal sealed record Ask(string Label, string Path)
{
    public string Method { get; init; } = "GET";

    public string? Query { get; init; }

    public (string Name, string Value)? Header { get; init; }

    public int Port { get; init; } = 80;

    public bool IsSecure { get; init; }

    /// <summary>Of the answer; where <see cref="Services"/> are named, 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The Services that answer, each of them of a few dozen requests; empty where none may.</summary>
    public EquatableList<string> Services { get; init; } = [];

    /// <summary>Of a redirect.</summary>
    public string? Location { get; init; }

    /// <summary>The path that the backend sees; null where it does not matter.</summary>
    public string? SeenPath { get; init; }

    /// <summary>The host that the backend sees; null where it does not matter.</summary>
    public string? SeenHost { get; init; }

    /// <summary>A header that the backend sees.</summary>
    public (string Name, string Value)? SeenHeader { get; init; }

    /// <summary>A header of the answer.</summary>
    public (string Name, string Value)? Answered { get; init; }

    public Ask By(string method) => this with { Method = method };

    public Ask With(string header, string value) => this with { Header = (header, value) };

    public Ask To(params EquatableList<string> services) => this with { Services = services };

    public Ask Gets(int status) => this with { Status = status };

    public Ask MovesTo(int status, string location) => this with { Status = status, Location = location };

    public Ask Securely() => this with { IsSecure = true, Port = 443 };

    public override string ToString() =>
        $"{Method} {Label}:{Port}{Path}{(Query is null ? "" : $"?{Query}")}"
        + (Header is var (name, value) ? $" {name}: {value}" : "");
}
