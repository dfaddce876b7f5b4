using Gwctl.Core;

namespace Gwctl.Engine.Planning;

public static class PlanFile
{
    public static byte[] Write(Plan plan) => throw new System.Diagnostics.UnreachableException($"{plan}");

    public static Compiled<Plan> Read(ReadOnlyMemory<byte> data) => throw new System.Diagnostics.UnreachableException($"{data}");
}
