using System.Text.Json;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.State;

/// <summary>The state on disk: <c>snapshot.jsonl</c>, every document at one moment, and <c>journal-N.jsonl</c>, one
/// line
/// for each mutating call since then.</summary>
/// <remarks>
/// A call costs one write of its own changes, never of the world. A process that is killed loses at most the call whose
/// answer it had not given: a line is written at once, and a last line without its line feed is dropped at the next
/// start. The snapshot is replaced by a new file and a rename, and names the journal that continues it, so that a kill
/// between the two leaves the old pair whole.
/// </remarks>
internal sealed class Journal : IDisposable
{
    private const long CompactionBytesMin = 4 * 1024 * 1024;

    private readonly string _directory;
    private readonly FileStream _lock;
    private FileStream _log;
    private long _generation;
    private long _snapshotBytes;

    private Journal(string directory, FileStream heldLock, long generation, long snapshotBytes)
    {
        _directory = directory;
        _lock = heldLock;
        _generation = generation;
        _snapshotBytes = snapshotBytes;
        _log = OpenLog(generation);
    }

    private string SnapshotPath => Path.Combine(_directory, "snapshot.jsonl");

    public static Journal Open(string directory, out Tables tables)
    {
        Directory.CreateDirectory(directory);
        var heldLock = TakeLock(directory);
        try
        {
            var snapshot = Path.Combine(directory, "snapshot.jsonl");
            var generation = 0L;
            tables = Tables.Empty;
            if (File.Exists(snapshot))
            {
                tables = ReadSnapshot(snapshot, out generation);
            }

            tables = Replay(LogPath(directory, generation), tables);
            var bytes = File.Exists(snapshot) ? new FileInfo(snapshot).Length : 0;
            return new Journal(directory, heldLock, generation, bytes);
        }
        catch
        {
            heldLock.Dispose();
            throw;
        }
    }

    public void Append(IReadOnlyList<StateChange> changes, Tables after)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.Compact))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(after.LastId);
            foreach (var change in changes)
            {
                WriteChange(writer, change);
            }

            writer.WriteEndArray();
        }

        buffer.WriteByte((byte)'\n');
        _log.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        if (_log.Length > Math.Max(CompactionBytesMin, 2 * _snapshotBytes))
        {
            Rewrite(after);
        }
    }

    /// <summary>Writes the whole state as a new snapshot and starts an empty journal after it.</summary>
    public void Rewrite(Tables tables)
    {
        var next = _generation + 1;
        var temporary = SnapshotPath + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            WriteSnapshot(file, tables, next);
            file.Flush(flushToDisk: true);
            _snapshotBytes = file.Length;
        }

        File.Move(temporary, SnapshotPath, overwrite: true);
        _log.Dispose();
        File.Delete(LogPath(_directory, _generation));
        _generation = next;
        _log = OpenLog(next);
    }

    public void Dispose()
    {
        _log.Flush(flushToDisk: true);
        _log.Dispose();
        _lock.Dispose();
    }

    private static FileStream TakeLock(string directory)
    {
        try
        {
            return new FileStream(
                Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException cause)
        {
            throw new StateDirectoryLockedException(directory, cause);
        }
    }

    private static string LogPath(string directory, long generation) =>
        Path.Combine(directory, $"journal-{generation}.jsonl");

    private static void WriteChange(Utf8JsonWriter writer, StateChange change)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(change.Table);
        writer.WriteStringValue(change.Key);
        if (change.Document is { } document)
        {
            ValueJson.Write(writer, document);
        }

        writer.WriteEndArray();
    }

    private static void WriteSnapshot(FileStream file, Tables tables, long generation)
    {
        using var writer = new Utf8JsonWriter(file, ValueJson.Compact);
        writer.WriteStartArray();
        writer.WriteNumberValue(generation);
        writer.WriteNumberValue(tables.LastId);
        writer.WriteEndArray();
        EndLine();
        foreach (var (table, rows) in tables.ByName.OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            foreach (var (key, document) in rows)
            {
                WriteChange(writer, new StateChange(table, key, document));
                EndLine();
            }
        }

        void EndLine()
        {
            writer.Flush();
            writer.Reset();
            file.WriteByte((byte)'\n');
        }
    }

    private static Tables ReadSnapshot(string path, out long generation)
    {
        var tables = Tables.Empty;
        generation = 0;
        var first = true;
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            if (first)
            {
                generation = document.RootElement[0].GetInt64();
                tables = tables with { LastId = document.RootElement[1].GetInt64() };
                first = false;
                continue;
            }

            tables = Apply(tables, document.RootElement);
        }

        return tables;
    }

    private static Tables Replay(string path, Tables tables)
    {
        if (!File.Exists(path))
        {
            return tables;
        }

        DropUnfinishedLine(path);
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            foreach (var change in document.RootElement.EnumerateArray())
            {
                tables = change.ValueKind is JsonValueKind.Number
                    ? tables with { LastId = change.GetInt64() }
                    : Apply(tables, change);
            }
        }

        return tables;
    }

    private static Tables Apply(Tables tables, JsonElement change)
    {
        var table = change[0].GetString() ?? "";
        var key = change[1].GetString() ?? "";
        return change.GetArrayLength() is 2
            ? tables.Delete(table, key)
            : tables.Put(table, key, ValueJson.ReadStruct(change[2]));
    }

    private static void DropUnfinishedLine(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (whole < bytes.Length)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
            file.SetLength(whole);
        }
    }

    private FileStream OpenLog(long generation) =>
        new(LogPath(_directory, generation), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
}
