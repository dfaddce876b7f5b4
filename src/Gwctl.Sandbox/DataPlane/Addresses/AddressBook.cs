using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gwctl.Sandbox.DataPlane.Listeners;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Addresses;

/// <summary>Which loopback address each load balancer has, and which port a listener has that could not get the
/// cloud's. Both are remembered in the state, and stay as they are until their owner is deleted.</summary>
internal sealed class AddressBook(StateStore store)
{
    private const string Addresses = "data-plane/address";
    private const string Ports = "data-plane/port";

    /// <summary>Tables of the data plane are no part of the cloud.</summary>
    public const string TablePrefix = "data-plane/";

    /// <summary>The load balancer's own address: remembered, or the first free one that its ARN leads to.</summary>
    public IPAddress AddressOf(string loadBalancerArn)
    {
        if (store.Current.Rows(Addresses).GetValueOrDefault(loadBalancerArn)?.Text("Address") is { } known)
        {
            return IPAddress.Parse(known);
        }

        return store.Write(state =>
        {
            var taken = state.Rows(Addresses).Values
                .Select(row => row.Required("Address"))
                .ToHashSet(StringComparer.Ordinal);
            var attempt = 0;
            var address = Candidate(loadBalancerArn, attempt);
            while (taken.Contains(address.ToString()))
            {
                address = Candidate(loadBalancerArn, ++attempt);
            }

            state.Put(Addresses, loadBalancerArn, new Struct { { "Address", address.ToString() } });
            return address;
        });
    }

    /// <summary>The port that the listener had before; null where it had the cloud's, or none.</summary>
    public int? PortOf(SocketKey key) =>
        (int?)store.Current.Rows(Ports).GetValueOrDefault(RowOf(key))?.Number("Port");

    public void Remember(SocketKey key, int port)
    {
        if (port != (PortOf(key) ?? key.Port))
        {
            store.Write(state =>
            {
                state.Put(Ports, RowOf(key), new Struct { { "Port", port } });
                return true;
            });
        }
    }

    /// <summary>Forgets what belongs to none of the listeners and load balancers.</summary>
    public void Retain(IReadOnlyList<ListenerPlan> plans, IReadOnlySet<string> loadBalancers)
    {
        var sockets = plans.Select(plan => RowOf(plan.Key)).ToHashSet(StringComparer.Ordinal);
        var ports = store.Current.Rows(Ports).Keys.Where(row => !sockets.Contains(row)).ToList();
        var addresses = store.Current.Rows(Addresses).Keys.Where(arn => !loadBalancers.Contains(arn)).ToList();
        if (ports.Count + addresses.Count > 0)
        {
            store.Write(state =>
            {
                ports.ForEach(row => state.Delete(Ports, row));
                addresses.ForEach(arn => state.Delete(Addresses, arn));
                return true;
            });
        }
    }

    private static string RowOf(SocketKey key) => $"{key.ListenerArn} {key.Port} {key.Secure}";

    /// <summary>Within 127.16.0.0/12 and above, away from 127.0.0.1 and what resolvers use (127.0.0.53).</summary>
    private static IPAddress Candidate(string arn, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{arn} {attempt}"));
        return new IPAddress([127, (byte)(16 + (hash[0] % 224)), hash[1], (byte)(1 + (hash[2] % 254))]);
    }
}
