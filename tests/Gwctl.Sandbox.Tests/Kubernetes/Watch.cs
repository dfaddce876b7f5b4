using System.Text.Json.Nodes;

namespace Gwctl.Sandbox.Tests.Kubernetes;

/// <summary>A watch that is being read.</summary>
internal sealed class Watch(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    /// <returns>Null where the watch has ended, or broken.</returns>
    public async Task<JsonNode?> NextAsync()
    {
        try
        {
            var line = await reader.ReadLineAsync(Cluster.Cancellation)
                .AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cluster.Cancellation);
            return line is null ? null : JsonNode.Parse(line);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Type and name of the next event, such as <c>ADDED a</c>.</summary>
    public async Task<string> NextNameAsync()
    {
        var next = await NextAsync();
        return next is null ? "end" : $"{next["type"]} {next["object"]?["metadata"]?["name"]}";
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
