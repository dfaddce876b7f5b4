using System.Text;
using System.Text.Json;
using Gwctl.Core;
using Gwctl.Engine.Planning.Files;

namespace Gwctl.Engine.Planning;

/// <summary>Plans as JSON: for <c>plan --out</c>, for policy tools and for <c>apply PLANFILE</c>. Equal plans make
/// equal bytes. A reference is <c>{"$ref": address, "output": name}</c>; a secret is <c>{"$secret": source, "sha256":
/// digest}</c>, never its text; a map's own names that begin with <c>$</c> have one more.</summary>
public static class PlanFile
{
    /// <summary>Nobody's plan is larger; a file that is, is refused unread.</summary>
    public const int BytesMax = 512 * 1024 * 1024;

    private const int DepthMax = 64;

    /// <summary>UTF-8 without byte order mark, indented, with a digest of the content at the end.</summary>
    public static void Write(Plan plan, Stream output)
    {
        // The body ends with a line break and a brace; the digest is spliced in as the last member.
        var digest = WriteBody(plan, output);
        output.Write(Encoding.UTF8.GetBytes($",\n  \"digest\": \"{digest}\"\n}}\n"));
    }

    /// <summary>As <see cref="Write(Plan, Stream)"/>, for plans that are not large.</summary>
    public static byte[] Write(Plan plan)
    {
        using var bytes = new MemoryStream();
        Write(plan, bytes);
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write(Plan, Stream)"/> wrote, whatever its white space. Never throws: what is
    /// wrong is a diagnostic with the member's path. Unknown, repeated and missing members are errors, and so is
    /// content that does not fit the digest.</summary>
    public static Compiled<Plan> Read(ReadOnlyMemory<byte> data)
    {
        if (data.Length > BytesMax)
        {
            return Failed(PlanFileDiagnostics.NotJson($"it has {data.Length} bytes; {BytesMax} are the most"));
        }

        try
        {
            using var document = JsonDocument.Parse(
                data, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            return ReadRoot(document.RootElement);
        }
        catch (JsonException exception)
        {
            var line = (exception.LineNumber ?? 0) + 1;
            return Failed(PlanFileDiagnostics.NotJson($"line {line}, byte {(exception.BytePositionInLine ?? 0) + 1}: "
                + FirstSentence(exception.Message)));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: the parser takes it, but it is no text.
            return Failed(PlanFileDiagnostics.NotJson("it holds text that is not Unicode"));
        }
    }

    private static Compiled<Plan> ReadRoot(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("formatVersion", out var version)
            || version.ValueKind is not JsonValueKind.Number || !version.TryGetInt32(out var number))
        {
            return Failed(PlanFileDiagnostics.NotAPlan());
        }

        if (number != Plan.CurrentFormatVersion)
        {
            return Failed(PlanFileDiagnostics.OtherVersion(number));
        }

        var problems = new List<Diagnostic>();
        var plan = new PlanReader(problems).Read(root, out var digest);
        if (problems.Count is 0 && !string.Equals(digest, WriteBody(plan, Stream.Null), StringComparison.Ordinal))
        {
            problems.Add(PlanFileDiagnostics.Edited());
        }

        return Compiled.From(problems.Count is 0 ? plan : null, problems);
    }

    private static string WriteBody(Plan plan, Stream output)
    {
        using var digested = new DigestedOutput(output);
        PlanWriter.Write(plan, digested);
        return digested.Finish();
    }

    private static Compiled<Plan> Failed(Diagnostic diagnostic) => new(null, [diagnostic]);

    // The rest of the message repeats the position.
    private static string FirstSentence(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var end and > 0 ? message[..end] : message;
}
