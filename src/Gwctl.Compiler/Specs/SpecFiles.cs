using System.Text;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs;

/// <summary>Finds and loads spec files for a host. The only part of reading specs that touches files; no stage calls
/// it.</summary>
public static class SpecFiles
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>What diagnostics print for <see cref="StandardInput"/>.</summary>
    public const string StandardInputName = "<stdin>";

    private const string HasNul = "It holds NUL bytes, as binary files do";

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Loads files, directories (recursively, <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c>, in ordinal order,
    /// hidden ones left out) and <c>-</c>. A file that is reached twice is loaded once. The value is never null: what
    /// could not be loaded is in the diagnostics.</summary>
    /// <param name="paths">As the user gave them; diagnostics name files by them.</param>
    /// <param name="input">Read only where <c>-</c> is among the paths.</param>
    /// <param name="workingDirectory">Where relative paths start; names stay as given.</param>
    public static Compiled<EquatableList<SpecSource>> Load(
        IReadOnlyList<string> paths, TextReader input, string workingDirectory = ".")
    {
        var loading = new Loading(workingDirectory);
        var hasReadInput = false;
        foreach (var path in paths)
        {
            if (path is not StandardInput)
            {
                LoadPath(path, loading);
            }
            else if (hasReadInput)
            {
                loading.Diagnostics.Add(FileDiagnostics.InputTwice());
            }
            else
            {
                hasReadInput = true;
                LoadInput(input, loading);
            }
        }

        return Compiled.From<EquatableList<SpecSource>>([.. loading.Sources], loading.Diagnostics);
    }

    private sealed class Loading(string workingDirectory)
    {
        private readonly string _root = Path.GetFullPath(workingDirectory);

        public List<SpecSource> Sources { get; } = [];

        public List<Diagnostic> Diagnostics { get; } = [];

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public string Locate(string path) => Path.GetFullPath(path, _root);
    }

    private static void LoadInput(TextReader input, Loading loading)
    {
        try
        {
            if (ReadText(input) is not { } text)
            {
                loading.Diagnostics.Add(FileDiagnostics.TooLarge(StandardInputName, size: null));
                return;
            }

            if (text.Contains('\0'))
            {
                loading.Diagnostics.Add(FileDiagnostics.NotText(StandardInputName, HasNul));
                return;
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                loading.Diagnostics.Add(FileDiagnostics.InputEmpty());
            }

            loading.Sources.Add(new SpecSource(StandardInputName, text));
        }
        catch (DecoderFallbackException)
        {
            loading.Diagnostics.Add(FileDiagnostics.NotText(StandardInputName, "It holds bytes that are not UTF-8"));
        }
        catch (IOException exception)
        {
            loading.Diagnostics.Add(FileDiagnostics.Unreadable(StandardInputName, exception.Message));
        }
    }

    /// <summary>Null where there is more than is read.</summary>
    private static string? ReadText(TextReader input)
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        while (input.Read(buffer.AsSpan()) is > 0 and var count)
        {
            text.Append(buffer, 0, count);
            if (text.Length > SpecLimits.FileBytesMax)
            {
                return null;
            }
        }

        return text.ToString();
    }

    /// <summary>Of what does not say its size, as a pipe or a device. Null where there is more than is read.</summary>
    private static byte[]? ReadUnsized(string location)
    {
        using var file = File.OpenRead(location);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (file.Read(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > SpecLimits.FileBytesMax)
            {
                return null;
            }
        }

        return bytes.ToArray();
    }

    private static void LoadPath(string path, Loading loading)
    {
        try
        {
            if (Directory.Exists(loading.Locate(path)))
            {
                var found = FilesUnder(path, loading, []).ToList();
                found.ForEach(file => LoadFile(file, loading));
                if (found.Count is 0)
                {
                    loading.Diagnostics.Add(FileDiagnostics.NoSpecs(path));
                }
            }
            else if (File.Exists(loading.Locate(path)))
            {
                LoadFile(path, loading);
            }
            else
            {
                loading.Diagnostics.Add(FileDiagnostics.Missing(path));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            loading.Diagnostics.Add(FileDiagnostics.Unreadable(path, exception.Message));
        }
    }

    /// <param name="above">Real paths of the directories that lead here: a link back to one of them is not
    /// followed.</param>
    private static IEnumerable<string> FilesUnder(string directory, Loading loading, HashSet<string> above)
    {
        var info = new DirectoryInfo(loading.Locate(directory));
        var real = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? info.FullName;
        if (!above.Add(real))
        {
            yield break;
        }

        foreach (var entry in info.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.'))
            {
                continue;
            }

            var path = $"{directory.TrimEnd('/', Path.DirectorySeparatorChar)}/{entry.Name}";
            if (entry is DirectoryInfo)
            {
                foreach (var file in FilesUnder(path, loading, above))
                {
                    yield return file;
                }
            }
            else if (entry.Extension is ".yaml" or ".yml" or ".json")
            {
                yield return path;
            }
        }

        above.Remove(real);
    }

    private static void LoadFile(string path, Loading loading)
    {
        var location = loading.Locate(path);
        if (!loading.Seen.Add(location))
        {
            return;
        }

        try
        {
            var size = new FileInfo(location).Length;
            if (size > SpecLimits.FileBytesMax)
            {
                loading.Diagnostics.Add(FileDiagnostics.TooLarge(path, size));
                return;
            }

            if ((size is 0 ? ReadUnsized(location) : File.ReadAllBytes(location)) is not { } bytes)
            {
                loading.Diagnostics.Add(FileDiagnostics.TooLarge(path, size: null));
                return;
            }

            if (bytes.AsSpan().Contains((byte)0))
            {
                loading.Diagnostics.Add(FileDiagnostics.NotText(path, HasNul));
                return;
            }

            loading.Sources.Add(new SpecSource(path, StrictUtf8.GetString(bytes)));
        }
        catch (DecoderFallbackException exception)
        {
            loading.Diagnostics.Add(FileDiagnostics.NotText(path, $"Byte {exception.Index} is not UTF-8"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            loading.Diagnostics.Add(FileDiagnostics.Unreadable(path, exception.Message));
        }
    }
}

/// <summary>What can be wrong with files.</summary>
internal static class FileDiagnostics
{
    public static Diagnostic Missing(string path) =>
        new("GW1001", Severity.Error, "File or directory does not exist")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"There is nothing at {path}.",
            Help = "Check the path; it is taken from the working directory.",
        };

    public static Diagnostic Unreadable(string path, string why) =>
        new("GW1002", Severity.Error, "File cannot be read")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = why,
            Help = "Check the file's permissions.",
        };

    public static Diagnostic NoSpecs(string path) =>
        new("GW1003", Severity.Error, "Directory holds no specs")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"Under {path} there is no file *.yaml, *.yml or *.json that is not hidden.",
            Help = "Name a directory that holds specs, or a file.",
        };

    public static Diagnostic NotText(string path, string why) =>
        new("GW1004", Severity.Error, "File is not UTF-8 text")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = $"{why}.",
            Help = "Save the file as UTF-8, or leave it out.",
        };

    public static Diagnostic TooLarge(string path, long? size) =>
        new("GW1005", Severity.Error, "File is too large")
        {
            Subject = new SourceSpan(path, 0, 0),
            Detail = size is null
                ? $"It does not end within {SpecLimits.FileBytesMax} bytes; no more are read."
                : $"It has {size} bytes; at most {SpecLimits.FileBytesMax} are read.",
            Help = "Split the file.",
        };

    public static Diagnostic InputTwice() =>
        new("GW1006", Severity.Error, "Standard input is named twice")
        {
            Detail = "- can be given once: after that there is nothing left to read.",
            Help = "Remove one of the two.",
        };

    public static Diagnostic InputEmpty() =>
        new("GW1007", Severity.Warning, "Standard input is empty")
        {
            Subject = new SourceSpan(SpecFiles.StandardInputName, 0, 0),
            Detail = "Nothing was read from -.",
            Help = "See whether the command before the pipe failed.",
        };
}
