namespace Gwctl.Testing.Clouds;

/// <summary>Where a suite runs: a sandbox in this process, or an endpoint that the environment names.</summary>
/// <param name="Owner">Of the objects that are ours.</param>
/// <param name="Endpoint">Null for the real cloud.</param>
/// <param name="Zone">A DNS zone that may be written to; null where there is none.</param>
/// <param name="IsSandbox">Nothing but this process uses it, and nothing there takes time.</param>
public sealed record Place(string Owner, Uri? Endpoint, string? Zone, bool IsSandbox)
{
    /// <summary>Requests are really served, and targets really checked: readiness takes time.</summary>
    public bool IsServed { get; init; }

    /// <summary>What everything foreign is called.</summary>
    public const string Theirs = "theirs";

    /// <summary>The zone's name, or one that no zone holds.</summary>
    public string Domain => Zone ?? "conformance.example.com";

    /// <summary>Such as <c>GWCTL_TEST_AWS_ENDPOINT</c>; its value is a URL, or the provider's name for the real
    /// cloud.</summary>
    public static string Variable(string provider, string what) =>
        $"GWCTL_TEST_{provider.ToUpperInvariant()}_{what}";

    /// <summary>The endpoint that the environment names for a provider; null where it names none.</summary>
    public static Place? OfEnvironment(string provider, string owner) =>
        Environment.GetEnvironmentVariable(Variable(provider, "ENDPOINT")) is not { Length: > 0 } endpoint ? null
        : new Place(
            owner,
            endpoint == provider ? null : new Uri(endpoint),
            Environment.GetEnvironmentVariable(Variable(provider, "ZONE")),
            IsSandbox: false);
}
