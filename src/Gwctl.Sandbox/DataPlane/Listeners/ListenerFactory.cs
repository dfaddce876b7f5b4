using System.Net;
using System.Net.Sockets;
using Gwctl.Sandbox.DataPlane.Addresses;
using Gwctl.Sandbox.DataPlane.Network;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>Opens listeners: at the load balancer's own address and the cloud's port, or as near to it as this machine
/// permits.</summary>
internal sealed class ListenerFactory(
    AddressBook addresses, DataPlaneOptions options, NetworkParts network)
{
    private const int FreePort = 0;

    /// <summary>Never fails: a listener that could not listen says why.</summary>
    public async Task<ILiveListener> OpenAsync(ListenerPlan plan)
    {
        if (plan.Key.Secure && plan.Application?.Tls is null && plan.Network?.Certificates is null)
        {
            return new ClosedListener("The listener's certificate is not there.");
        }

        var failure = "";
        foreach (var address in Candidates(plan))
        {
            try
            {
                var listener = await StartAsync(plan, address);
                Remember(plan, listener.Address);
                return listener;
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                failure = failure is "" ? exception.Message : failure;
            }
        }

        return new ClosedListener(failure);
    }

    private async Task<ILiveListener> StartAsync(ListenerPlan plan, IPEndPoint address) => plan switch
    {
        { Application: { } application } => await ApplicationListener.StartAsync(
            application, address, options.DrainTimeout),
        { Network: { } snapshot } => NetworkListener.Start(
            plan.Key.Transport, snapshot, address, network, options.DrainTimeout),
        _ => new ClosedListener($"{plan.Protocol} listeners are not served here."),
    };

    private void Remember(ListenerPlan plan, IPEndPoint? address)
    {
        if (address is not null)
        {
            addresses.Remember(plan.Key, address.Port);
        }
    }

    private IEnumerable<IPEndPoint> Candidates(ListenerPlan plan)
    {
        var remembered = addresses.PortOf(plan.Key);
        if (options.OwnAddresses)
        {
            var own = addresses.AddressOf(plan.LoadBalancerArn);
            yield return new IPEndPoint(own, remembered ?? plan.Port);
            yield return new IPEndPoint(own, FreePort);
        }

        if (remembered is { } port)
        {
            yield return new IPEndPoint(IPAddress.Loopback, port);
        }

        yield return new IPEndPoint(IPAddress.Loopback, FreePort);
    }
}

/// <summary>A listener that could not listen.</summary>
internal sealed class ClosedListener(string problem) : ILiveListener
{
    public IPEndPoint? Address => null;

    public string Problem => problem;

    public Task StopAsync() => Task.CompletedTask;
}
