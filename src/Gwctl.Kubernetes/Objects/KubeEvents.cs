using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Kubernetes.Http;

namespace Gwctl.Kubernetes.Objects;

/// <summary>Something to tell about an object.</summary>
/// <param name="About">Of a cluster-scoped object the event is in the namespace <c>default</c>.</param>
/// <param name="ApiVersion">Of the object.</param>
/// <param name="Reason">One word: why it is told.</param>
/// <param name="Action">One word: what was being done.</param>
/// <param name="Note">At most <see cref="KubeEvents.NoteCharactersMax"/> of it are kept.</param>
public sealed record KubeNotice(
    ObjectId About, string ApiVersion, string Uid, bool IsWarning, string Reason, string Action, string Note);

/// <summary>Posts events (events.k8s.io/v1). What was told lately is not told again.</summary>
public sealed class KubeEvents(KubeClient client, TimeProvider clock, string controller, string instance)
{
    /// <summary>The API's own bound.</summary>
    public const int NoteCharactersMax = 1_024;

    private const int RememberedMax = 4_096;

    private static readonly TimeSpan SilenceMin = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<KubeNotice, DateTimeOffset> _told = [];

    /// <returns>False where it was told within the last half hour.</returns>
    /// <exception cref="KubeException">It could not be posted; it may be told again.</exception>
    public async Task<bool> PostAsync(KubeNotice notice, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!Remember(notice, now))
        {
            return false;
        }

        try
        {
            await client.CreateAsync(KubeResource.Event, Body(notice, now), cancellationToken);
            return true;
        }
        catch (KubeException exception) when (!exception.AlreadyExists)
        {
            lock (_gate)
            {
                _told.Remove(notice);
            }

            throw;
        }
        catch (KubeException)
        {
            return false; // Told under the same name in the same moment: it is there.
        }
    }

    private bool Remember(KubeNotice notice, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_told.TryGetValue(notice, out var at) && now - at < SilenceMin)
            {
                return false;
            }

            if (_told.Count >= RememberedMax)
            {
                foreach (var old in _told.OrderBy(pair => pair.Value).Take(RememberedMax / 4).ToList())
                {
                    _told.Remove(old.Key);
                }
            }

            _told[notice] = now;
            return true;
        }
    }

    private JsonObject Body(KubeNotice notice, DateTimeOffset now)
    {
        var space = notice.About.Name.Namespace is "" ? "default" : notice.About.Name.Namespace;
        var seed = $"{instance}|{notice.About}|{notice.Reason}|{notice.Note}|{now.UtcTicks}";
        var suffix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..16];
        var note = notice.Note.Length > NoteCharactersMax
            ? notice.Note[..(NoteCharactersMax - 1)] + "…"
            : notice.Note;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{Shortened(notice.About.Name.Name)}.{suffix}",
                ["namespace"] = space,
            },
            ["eventTime"] = Json.MicroTime(now),
            ["reportingController"] = controller,
            ["reportingInstance"] = instance,
            ["type"] = notice.IsWarning ? "Warning" : "Normal",
            ["reason"] = notice.Reason,
            ["action"] = notice.Action,
            ["note"] = note,
            ["regarding"] = new JsonObject
            {
                ["apiVersion"] = notice.ApiVersion,
                ["kind"] = notice.About.Kind,
                ["namespace"] = notice.About.Name.Namespace,
                ["name"] = notice.About.Name.Name,
                ["uid"] = notice.Uid,
            },
        };
    }

    private static string Shortened(string name) => name.Length > 200 ? name[..200] : name;
}
