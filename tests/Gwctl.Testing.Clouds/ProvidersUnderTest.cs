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

    /// <summary>All, or those that <c>GWCTL_TEST_PROVIDERS</c> lists, separated by commas.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            var asked = Environment.GetEnvironmentVariable("GWCTL_TEST_PROVIDERS")?.Split(',');
            return All.Select(provider => provider.Name).Where(name => asked?.Contains(name) is not false);
        }
    }

    public static IProviderUnderTest Of(string name) => All.Single(provider => provider.Name == name);
}
