using Gwctl.Cli;
using Gwctl.Compiler.Specs.Definitions;
using Gwctl.Testing;

namespace Gwctl.Golden.Tests;

/// <summary>The CustomResourceDefinitions that are installed say what the code reads. <c>GWCTL_ACCEPT=1 dotnet test
/// tests/Gwctl.Golden.Tests</c> writes them.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void The_definitions_follow_the_code()
    {
        var path = Repository.PathOf("examples", "in-cluster", "base", "crds.yaml");
        var text = CustomDefinitions.Render(Composition.Default.Providers
            .Where(provider => provider.Settings is not null)
            .ToDictionary(provider => provider.Name, provider => provider.Settings?.Invoke()
                ?? throw new InvalidOperationException("Filtered above.")));
        if (Environment.GetEnvironmentVariable("GWCTL_ACCEPT") is "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        Assert.Equal(text, File.ReadAllText(path));
    }
}
