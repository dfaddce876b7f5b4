using Gwctl.Testing;

namespace Gwctl.Conformance.Tests.Reading;

/// <summary>The behaviours that the repository has.</summary>
public static class BehaviourFiles
{
    private const string Ending = ".yaml";

    private static string Folder => Repository.PathOf("tests", "Gwctl.Conformance.Tests", "Behaviours");

    /// <summary>Folders, sorted.</summary>
    public static IEnumerable<string> Kinds =>
        Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Names of one folder, for a theory.</summary>
    public static TheoryData<string> NamesOf(string kind) => [.. Names(kind)];

    public static IEnumerable<Behaviour> All =>
        Kinds.SelectMany(kind => Names(kind).Select(name => Read(kind, name)));

    public static Behaviour Read(string kind, string name) =>
        BehaviourReader.Read(kind, name, File.ReadAllText(Path.Combine(Folder, kind, name + Ending)));

    private static IEnumerable<string> Names(string kind) =>
        Directory.GetFiles(Path.Combine(Folder, kind), "*" + Ending)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal);
}
