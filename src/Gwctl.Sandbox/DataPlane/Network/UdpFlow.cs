using System.Net.Sockets;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>The datagrams of one client to one target, and back.</summary>
internal sealed class UdpFlow : IDisposable
{
    private const int DatagramBytesMax = 65_535;

    private readonly Flow _flow;
    private readonly NetworkChoice _choice;
    private readonly Socket _listener;
    private readonly Socket? _target;
    private readonly IdleTimer _idle;

    /// <param name="flow">The client's.</param>
    /// <param name="choice">Whom its datagrams go to.</param>
    /// <param name="listener">What answers are sent by.</param>
    /// <param name="clock">Measures the quiet.</param>
    /// <param name="patience">After which the flow ends.</param>
    /// <param name="stop">Ends it sooner.</param>
    public UdpFlow(
        Flow flow, NetworkChoice choice, Socket listener, TimeProvider clock, TimeSpan patience, CancellationToken stop)
    {
        _flow = flow;
        _choice = choice;
        _listener = listener;
        _idle = new IdleTimer(clock, patience, stop);
        if (choice.Address is { } address)
        {
            _target = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            _target.Connect(address);
        }
    }

    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <param name="ended">Told at the end, whatever the reason.</param>
    public void Start(Action ended) => Ended = Task.Run(() => RunAsync(ended));

    /// <summary>Whether the listener still forwards to the flow's target, and the target takes flows.</summary>
    public bool Fits(NetworkSnapshot snapshot) => snapshot.Route.Groups.Any(group =>
        group.Arn == _choice.From.Arn && group.Weight > 0
        && group.Group.Targets.Contains(_choice.Target)
        && (group.Group.IsUsable(_choice.Target) || !Array.Exists(group.Group.Targets, group.Group.IsUsable)));

    /// <summary>Begins the time of quiet anew; false once the flow has ended.</summary>
    public bool Take()
    {
        if (Ended.IsCompleted)
        {
            return false;
        }

        _idle.Touch();
        return true;
    }

    /// <summary>Ends the flow; its sockets go when its loop has ended.</summary>
    public void Dispose() => _idle.End();

    public async Task SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken)
    {
        if (_target is null)
        {
            var answer = NetworkEcho.Answer(_flow, _choice, datagram.Span);
            await _listener.SendToAsync(answer, _flow.Source, cancellationToken);
            return;
        }

        var sent = _choice.Settings.ProxyHeader ? (byte[])[.. ProxyHeader.Of(_flow), .. datagram.Span] : datagram;
        await _target.SendAsync(sent, cancellationToken);
    }

    private async Task RunAsync(Action ended)
    {
        try
        {
            if (_target is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _idle.Token);
                return;
            }

            var buffer = GC.AllocateUninitializedArray<byte>(DatagramBytesMax);
            while (true)
            {
                var count = await _target.ReceiveAsync(buffer, _idle.Token);
                _idle.Touch();
                await _listener.SendToAsync(buffer.AsMemory(0, count), _flow.Source, _idle.Token);
            }
        }
        catch (Exception exception) when (TcpForwarder.IsOfTheLine(exception))
        {
            // Quiet for too long, or the target refuses: the client's next datagram begins a new flow.
            _target?.Close();
        }
        finally
        {
            ended();
            _target?.Dispose();
            _idle.Dispose();
        }
    }
}
