using Gwctl.Conformance.Tests.Reading;

namespace Gwctl.Conformance.Tests;

public sealed class BackendTlsPolicyBehaviours() : BehaviourTests(Kind)
{
    private const string Kind = "BackendTLSPolicy";

    public static TheoryData<string> Files => BehaviourFiles.NamesOf(Kind);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Holds(string name) => HoldsAsync(name);
}
