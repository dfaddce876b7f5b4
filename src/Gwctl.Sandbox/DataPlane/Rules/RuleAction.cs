using System.Text;
using Gwctl.Sandbox.DataPlane.Targets;

namespace Gwctl.Sandbox.DataPlane.Rules;

/// <summary>What a rule does with a request in the end.</summary>
internal abstract class RuleAction;

/// <param name="stickySeconds">How long a client stays with its group; 0 where it need not.</param>
internal sealed class ForwardAction(WeightedGroup[] groups, int stickySeconds) : RuleAction
{
    private readonly int _total = groups.Sum(group => group.Weight);
    private uint _turns;

    public IReadOnlyList<WeightedGroup> Groups => groups;

    public int StickySeconds => stickySeconds;

    /// <summary>The next group in proportion to the weights; null where all are zero. Whether the group has targets is
    /// not asked: there is no failover between groups.</summary>
    /// <remarks>The golden ratio's multiples spread evenly, so that short runs keep the proportion too.</remarks>
    public TargetGroup? Choose()
    {
        if (groups.Length is 1 && groups[0].Weight > 0)
        {
            return groups[0].Group;
        }

        if (_total is 0)
        {
            return null;
        }

        var spread = Interlocked.Increment(ref _turns) * 2654435769u;
        var point = (int)((ulong)spread * (ulong)_total >> 32);
        foreach (var (group, weight) in groups)
        {
            point -= weight;
            if (point < 0)
            {
                return group;
            }
        }

        return null;
    }
}

/// <param name="Weight">0 to 999.</param>
internal readonly record struct WeightedGroup(TargetGroup Group, int Weight);

/// <param name="contentType">Null where the rule names none.</param>
internal sealed class FixedResponseAction(int status, string? contentType, string body) : RuleAction
{
    public int Status => status;

    public string? ContentType => contentType;

    public string Body => body;
}

internal sealed class RedirectAction(
    int status, string protocol, string host, string port, string path, string query) : RuleAction
{
    public int Status => status;

    /// <summary>The address to go to, with the request's own parts in the place of the keywords.</summary>
    /// <param name="request">The request that is redirected.</param>
    /// <param name="ownProtocol"><c>HTTP</c> or <c>HTTPS</c>, the listener's.</param>
    /// <param name="ownPort">The listener's.</param>
    public string Location(RequestFacts request, string ownProtocol, int ownPort)
    {
        var wantedQuery = Fill(query);
        return $"{Fill(protocol).ToLowerInvariant()}://{Fill(host)}:{Fill(port)}{Fill(path)}"
            + (wantedQuery is "" ? "" : "?" + wantedQuery);

        string Fill(string template)
        {
            // One pass: what a client sends may look like a keyword, and must stay as it is.
            var filled = new StringBuilder();
            var rest = template.AsSpan();
            for (var at = rest.IndexOf("#{"); at >= 0; at = rest.IndexOf("#{"))
            {
                filled.Append(rest[..at]);
                rest = rest[at..];
                var length = Math.Max(2, rest.IndexOf('}') + 1);
                filled.Append(rest[..length] switch
                {
                    "#{protocol}" => ownProtocol,
                    "#{host}" => request.Host,
                    "#{port}" => $"{ownPort}",
                    "#{path}" => request.Path.AsSpan(1),
                    "#{query}" => request.Query,
                    var other => other,
                });
                rest = rest[length..];
            }

            return filled.Append(rest).ToString();
        }
    }
}

/// <summary>An action that the sandbox has no service for, such as signing users in.</summary>
internal sealed class UnservedAction(string type) : RuleAction
{
    public string Type => type;
}
