using System.Text;
using Gwctl.Compiler.Specs;

namespace Gwctl.Compiler.Tests.Specs;

/// <summary>Goal: the user's paths become texts in a fixed order, and what cannot be read is said.</summary>
public sealed class SpecFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gwctl-specs-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Walks_directories_in_ordinal_order_without_hidden_files()
    {
        Write("b.yaml", "b");
        Write("a.yml", "a");
        Write("Z.json", "{}");
        Write("sub/c.yaml", "c");
        Write(".hidden.yaml", "x");
        Write(".git/d.yaml", "x");
        Write("notes.txt", "x");

        var loaded = SpecFiles.Load([_root.FullName + "/"], TextReader.Null);

        Assert.Empty(loaded.Diagnostics);
        Assert.Equal(
            [In("Z.json"), In("a.yml"), In("b.yaml"), In("sub/c.yaml")],
            loaded.Value?.Select(source => source.FileName));
    }

    [Fact]
    public void Reads_a_file_that_is_named_whatever_its_name()
    {
        Write(".specs", "a");

        var loaded = SpecFiles.Load([In(".specs"), In(".specs")], TextReader.Null);

        Assert.Equal([new SpecSource(In(".specs"), "a")], loaded.Value);
    }

    [Fact]
    public void Reads_standard_input_once()
    {
        var loaded = SpecFiles.Load(["-", "-"], new StringReader("kind: X"));

        Assert.Equal([new SpecSource("<stdin>", "kind: X")], loaded.Value);
        Assert.Equal("GW1006", Assert.Single(loaded.Diagnostics).Code);
    }

    [Fact]
    public void Warns_of_empty_standard_input() =>
        Assert.Equal("GW1007", Assert.Single(SpecFiles.Load(["-"], new StringReader(" \n")).Diagnostics).Code);

    [Fact]
    public void Takes_from_standard_input_what_it_takes_from_a_file()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        using var bytes = new StreamReader(new MemoryStream([(byte)'a', 0xFF, 0xFE]), strict);

        Assert.Equal("GW1004", Code(bytes));
        Assert.Equal("GW1004", Code(new StringReader("kind: \0")));
        Assert.Equal("GW1005", Code(new Endless()));

        static string Code(TextReader input) => Assert.Single(SpecFiles.Load(["-"], input).Diagnostics).Code;
    }

    [Fact]
    public void Reports_each_path_that_cannot_be_read_and_loads_the_rest()
    {
        Write("good.yaml", "a");
        Directory.CreateDirectory(In("empty"));
        File.WriteAllBytes(In("binary.yaml"), [1, 0, 2]);
        File.WriteAllBytes(In("latin1.yaml"), [(byte)'a', 0xE9, (byte)'b']);

        var loaded = SpecFiles.Load(
            [In("missing"), In("empty"), In("binary.yaml"), In("latin1.yaml"), In("good.yaml")], TextReader.Null);

        Assert.Equal(
            ["GW1004", "GW1003", "GW1004", "GW1001"], loaded.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.Equal([In("good.yaml")], loaded.Value?.Select(source => source.FileName));
        Assert.Contains("Byte 1 ", loaded.Diagnostics[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_follow_links_in_a_circle()
    {
        Write("sub/a.yaml", "a");
        Directory.CreateSymbolicLink(In("sub/up"), _root.FullName);

        var loaded = SpecFiles.Load([_root.FullName], TextReader.Null);

        Assert.Equal([In("sub/a.yaml")], loaded.Value?.Select(source => source.FileName));
    }

    private string In(string name) => $"{_root.FullName}/{name}";

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name)) ?? "");
        File.WriteAllText(In(name), text);
    }

    private sealed class Endless : TextReader
    {
        public override int Read(Span<char> buffer) => buffer.Length;
    }
}
