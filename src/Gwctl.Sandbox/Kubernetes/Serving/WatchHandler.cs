using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Requests;
using Gwctl.Sandbox.Kubernetes.Storage;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.Kubernetes.Serving;

/// <summary>Sends every change of a resource as a line of JSON, from a version on.</summary>
/// <param name="store">What is watched.</param>
/// <param name="clock">Counts time-outs and bookmarks.</param>
/// <param name="bookmarkInterval">How often a watch that wants them gets bookmarks.</param>
/// <param name="dropped">Cancelled when the server drops its watches.</param>
internal sealed class WatchHandler(
    ObjectStore store, TimeProvider clock, TimeSpan bookmarkInterval, Func<CancellationToken> dropped)
{
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromMinutes(30);

    public async Task ServeAsync(HttpContext context, Kind kind, ApiRequest request, ObjectEncoder encoder)
    {
        var filter = ObjectFilter.Of(kind, request);
        var from = request.Query.Number("resourceVersion") ?? 0;
        var initial = request.Query.Flag("sendInitialEvents");
        if (initial && request.Query.Text("resourceVersionMatch") is not "NotOlderThan")
        {
            throw ApiErrors.BadRequest(
                "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to "
                + "NotOlderThan");
        }

        var seconds = request.Query.Number("timeoutSeconds");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, dropped());
        using var late = new CancellationTokenSource(
            seconds is { } asked and > 0 ? TimeSpan.FromSeconds(asked) : TimeoutMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, late.Token);
        context.Response.ContentType = Respond.JsonType;
        var sender = new Sender(context, kind, encoder, filter, request.Query.Flag("allowWatchBookmarks"));
        try
        {
            await RunAsync(sender, kind, from, initial, both.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            if (end.IsCancellationRequested)
            {
                context.Abort(); // The server drops the watch.
                return;
            }

            // The watch ends in peace: its reader may go on from here.
            await sender.BookmarkAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort(); // The reader is gone.
        }
    }

    private async Task RunAsync(Sender sender, Kind kind, long from, bool initial, CancellationToken cancellationToken)
    {
        var (rows, current) = store.Rows(kind);
        if (from > current)
        {
            await sender.ErrorAsync(ApiErrors.TooLarge(from, current), cancellationToken);
            return;
        }

        if (from is 0 || initial)
        {
            foreach (var stored in rows.Values)
            {
                await sender.SendAsync(new ObjectChange(ChangeType.Added, stored, null), cancellationToken);
            }

            from = current;
            sender.Version = current;
            if (initial)
            {
                await sender.InitialEndAsync(cancellationToken);
            }
        }

        sender.Version = from;
        await sender.FlushAsync(cancellationToken);
        var bookmarkAt = clock.GetUtcNow() + bookmarkInterval;
        while (true)
        {
            var since = store.Since(kind, sender.Version);
            if (since.IsExpired)
            {
                await sender.ErrorAsync(
                    ApiErrors.TooOld(sender.Version, store.Floor(kind)), cancellationToken);
                return;
            }

            foreach (var change in since.Changes)
            {
                await sender.SendAsync(change, cancellationToken);
            }

            sender.Version = since.Version;
            if (since.Changes.Count > 0)
            {
                await sender.FlushAsync(cancellationToken);
            }

            if (clock.GetUtcNow() >= bookmarkAt)
            {
                await sender.BookmarkAsync(cancellationToken);
                bookmarkAt = clock.GetUtcNow() + bookmarkInterval;
            }

            await WaitAsync(since.Next, bookmarkAt - clock.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>Until there is more, or a bookmark is due.</summary>
    private async Task WaitAsync(Task next, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return; // The loop sends the bookmark.
        }
    }

    /// <summary>One watch's connection.</summary>
    private sealed class Sender(
        HttpContext context, Kind kind, ObjectEncoder encoder, ObjectFilter filter, bool wantsBookmarks)
    {
        /// <summary>Everything up to here has been sent.</summary>
        public long Version { get; set; }

        public async Task SendAsync(ObjectChange change, CancellationToken cancellationToken)
        {
            // Who stops to fit a selector is deleted to those who select, and who starts to is new.
            var (matches, matched) = (
                change.Type is not ChangeType.Deleted && filter.Matches(change.Object),
                change.Before is { } before && filter.Matches(before));
            var type = (matches, matched) switch
            {
                (true, true) => "MODIFIED",
                (true, false) => "ADDED",
                (false, true) => "DELETED",
                _ => "",
            };
            if (type is not "")
            {
                await WriteAsync(type, encoder.Encode(change.Object), cancellationToken);
            }
        }

        public async Task BookmarkAsync(CancellationToken cancellationToken)
        {
            if (wantsBookmarks)
            {
                await WriteAsync("BOOKMARK", JsonForm.ToBytes(Bookmark(new JsonObject())), cancellationToken);
                await FlushAsync(cancellationToken);
            }
        }

        public async Task InitialEndAsync(CancellationToken cancellationToken)
        {
            var bookmark = Bookmark(new JsonObject
            {
                ["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" },
            });
            await WriteAsync("BOOKMARK", JsonForm.ToBytes(bookmark), cancellationToken);
        }

        public async Task ErrorAsync(ApiException error, CancellationToken cancellationToken)
        {
            await WriteAsync("ERROR", JsonForm.ToBytes(error.ToStatus()), cancellationToken);
            await FlushAsync(cancellationToken);
        }

        public Task FlushAsync(CancellationToken cancellationToken) =>
            context.Response.Body.FlushAsync(cancellationToken);

        private JsonObject Bookmark(JsonObject meta)
        {
            meta["resourceVersion"] = $"{Version}";
            meta["creationTimestamp"] = null;
            return new JsonObject
            {
                ["kind"] = kind.Name,
                ["apiVersion"] = encoder.ApiVersion,
                ["metadata"] = meta,
            };
        }

        private async Task WriteAsync(string type, byte[] value, CancellationToken cancellationToken)
        {
            using var line = new MemoryStream(value.Length + 64);
            line.Write(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":"""));
            line.Write(value);
            line.Write("}\n"u8);
            await context.Response.Body.WriteAsync(
                line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken);
        }
    }
}
