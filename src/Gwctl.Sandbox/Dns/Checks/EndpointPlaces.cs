using System.Net;
using Gwctl.Sandbox.DataPlane;
using Gwctl.Sandbox.Dns.Wire;
using Gwctl.Sandbox.State;

namespace Gwctl.Sandbox.Dns.Checks;

/// <summary>Where an endpoint is dialled.</summary>
/// <param name="Target">Null where nothing is to be dialled.</param>
/// <param name="Problem">Why the endpoint cannot be found; null where it can, or lies outside the sandbox.</param>
internal sealed record EndpointPlace(IPEndPoint? Target, string? Problem)
{
    /// <summary>Nobody can say how it is.</summary>
    public static readonly EndpointPlace Outside = new(null, null);
}

/// <summary>Finds endpoints by the sandbox's own names and addresses. What lies elsewhere is never dialled.</summary>
internal sealed class EndpointPlaces(StateStore store, DnsAnswerer answerer, LiveDataPlane? plane)
{
    public EndpointPlace Find(EndpointCheck check)
    {
        if (check.Address is { } given)
        {
            return IPAddress.TryParse(given, out var address) ? At(address, check.Port) : EndpointPlace.Outside;
        }

        var name = check.Host.TrimEnd('.').ToLowerInvariant() + ".";
        var answer = answerer.Answer(store.Current, new DnsQuery(0, default, name, DnsType.A, DnsCode.NoError));
        if (answer.Answers.LastOrDefault(record => record.Type is DnsType.A) is { } found)
        {
            return At(IPAddress.Parse(found.Value), check.Port);
        }

        return answer.Code is DnsCode.Refused || answer.Answers.Count > 0
            ? EndpointPlace.Outside
            : new EndpointPlace(null, $"DNS resolution failed: {check.Host} has no address");
    }

    /// <summary>A listener may listen at another port than the cloud says.</summary>
    private EndpointPlace At(IPAddress address, int port)
    {
        if (!IPAddress.IsLoopback(address))
        {
            return EndpointPlace.Outside;
        }

        var listener = plane?.Endpoints.FirstOrDefault(
            endpoint => endpoint.Address?.Address.Equals(address) is true && endpoint.Port == port);
        return new EndpointPlace(listener?.Address ?? new IPEndPoint(address, port), null);
    }
}
