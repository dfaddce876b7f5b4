
namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>What a kind's decoder gets: the fields of the object, metadata already read.</summary>
internal sealed record ObjectContext(Decoding.NodeReader Reader, ObjectMeta Meta)
{
    public Decoding.NodeProblems Problems => Reader.Problems;
}
