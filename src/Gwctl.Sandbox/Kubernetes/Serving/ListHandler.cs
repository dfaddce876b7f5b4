using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Lists objects, in pages where a limit is asked for. All pages show one moment.</summary>
internal sealed class ListHandler(ObjectStore store)
{
    private const int FlushBytes = 64 * 1024;

    public async Task ServeAsync(
        HttpContext context, Kind kind, ApiRequest request, ObjectEncoder encoder, ObjectForm form)
    {
        var filter = ObjectFilter.Of(kind, request);
        var (rows, version, start) = Start(kind, request);
        var limit = request.Query.Number("limit") is { } asked and > 0 ? (int)asked : int.MaxValue;
        var (items, rest) = Page(rows, start, filter, limit);
        var meta = new JsonObject { ["resourceVersion"] = $"{version}" };
        if (rest > 0)
        {
            var pages = $"{ObjectStore.TableOf(kind)} {version}";
            store.KeepPages(pages, rows);
            meta["continue"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{version} {items[^1].Key}"));
            meta["remainingItemCount"] = rest;
        }

        if (form is ObjectForm.Table)
        {
            await Respond.Json(context, 200, encoder.Table(items, meta));
            return;
        }

        await WriteAsync(context, encoder, items, meta);
    }

    private (ImmutableSortedDictionary<string, Stored> Rows, long Version, string Start) Start(
        Kind kind, ApiRequest request)
    {
        if (request.Query.Text("continue") is { Length: > 0 } token)
        {
            var (version, key) = ReadToken(token);
            var pages = store.FindPages($"{ObjectStore.TableOf(kind)} {version}")
                ?? throw ApiErrors.ContinueTooOld();
            return (pages, version, key);
        }

        var (rows, current) = store.Rows(kind);
        if (request.Query.Number("resourceVersion") is { } wanted && wanted > current)
        {
            throw ApiErrors.TooLarge(wanted, current);
        }

        return (rows, current, "");
    }

    private static (long Version, string Key) ReadToken(string token)
    {
        var buffer = new byte[token.Length];
        var parts = Convert.TryFromBase64String(token, buffer, out var length)
            ? Encoding.UTF8.GetString(buffer, 0, length).Split(' ', 2)
            : [];
        return parts.Length is 2 && long.TryParse(parts[0], out var version)
            ? (version, parts[1])
            : throw ApiErrors.BadRequest("continue key is not valid");
    }

    private static (List<Stored> Items, int Left) Page(
        ImmutableSortedDictionary<string, Stored> rows, string start, ObjectFilter filter, int limit)
    {
        var items = new List<Stored>();
        var rest = 0;
        foreach (var (key, stored) in rows)
        {
            if (string.CompareOrdinal(key, start) <= 0 || !filter.Matches(stored))
            {
                continue;
            }

            if (items.Count < limit)
            {
                items.Add(stored);
            }
            else
            {
                rest++;
            }
        }

        return (items, rest);
    }

    private static async Task WriteAsync(
        HttpContext context, ObjectEncoder encoder, List<Stored> items, JsonObject meta)
    {
        context.Response.ContentType = Respond.JsonType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var buffer = new MemoryStream();
        buffer.Write(encoder.ListHead(meta));
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0)
            {
                buffer.WriteByte((byte)',');
            }

            var (head, body) = encoder.EncodeItem(items[index]);
            buffer.Write(head.Span);
            buffer.Write(body.Span);
            if (buffer.Length > FlushBytes)
            {
                await context.Response.Body.WriteAsync(
                    buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
                buffer.SetLength(0);
            }
        }

        buffer.Write("]}"u8);
        await context.Response.Body.WriteAsync(
            buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted);
    }
}
