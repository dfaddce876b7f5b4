using System.Text;
using System.Text.Json.Nodes;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>A call before it is sent.</summary>
/// <param name="Operation">As Google names it: <c>urlMaps.insert</c>.</param>
/// <param name="Path">From the host's slash on, without query; values are percent-encoded.</param>
internal sealed record GcpRequest(string Operation, HttpMethod Method, string Path)
{
    /// <summary>Names and values before percent-encoding; those without value are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query { get; init; } = [];

    public JsonNode? Body { get; init; }

    /// <summary>The call changes something: it counts for another rate, and losing its answer leaves its outcome
    /// open.</summary>
    public bool Writes { get; init; }

    /// <summary>How long the service may keep us waiting on purpose, beside the usual time.</summary>
    public TimeSpan Patience { get; init; }

    public string PathAndQuery
    {
        get
        {
            var text = new StringBuilder(Path);
            var separator = '?';
            foreach (var (name, value) in Query)
            {
                if (value is not null)
                {
                    text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=')
                        .Append(Uri.EscapeDataString(value));
                    separator = '&';
                }
            }

            return text.ToString();
        }
    }
}
