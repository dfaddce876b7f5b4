using Gwctl.Conformance.Tests.Reading;

namespace Gwctl.Conformance.Tests;

public sealed class GrpcRouteBehaviours() : BehaviourTests(Kind)
{
    private const string Kind = "GRPCRoute";

    public static TheoryData<string> Files => BehaviourFiles.NamesOf(Kind);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Holds(string name) => HoldsAsync(name);
}
