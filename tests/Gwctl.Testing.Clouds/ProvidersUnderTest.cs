namespace Gwctl.Testing.Clouds;

/// <summary>Every provider, as the suites see it.</summary>
public static class ProvidersUnderTest
{
    /// <summary>Each class of this project that is one, sorted by name.</summary>
    public static IReadOnlyList<IProviderUnderTest> All { get; } =
    [
        .. typeof(IProviderUnderTest).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(
                typeof(IProviderUnderTest)))
            .Select(Activator.CreateInstance)
            .Cast<IProviderUnderTest>()
            .OrderBy(provider => provider.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<string> Names => All.Select(provider => provider.Name);

    public static IProviderUnderTest Of(string name) => All.Single(provider => provider.Name == name);
}
