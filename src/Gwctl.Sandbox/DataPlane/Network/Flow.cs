using System.Net;
using System.Net.Sockets;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>What a Network Load Balancer tells flows apart by.</summary>
/// <param name="Source">The client.</param>
/// <param name="Destination">Where the listener listens.</param>
/// <param name="Protocol">TCP or UDP.</param>
internal readonly record struct Flow(IPEndPoint Source, IPEndPoint Destination, ProtocolType Protocol)
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;

    /// <summary>The same for the same flow, well spread over flows.</summary>
    public ulong Hash()
    {
        var hash = Mix(SourceHash() + (ulong)Source.Port);
        hash = Mix(hash ^ AddressBits(Destination.Address));
        return Mix(hash + (ulong)Destination.Port + ((ulong)Protocol << 32));
    }

    /// <summary>The same for all flows of one client address.</summary>
    public ulong SourceHash() => Mix(AddressBits(Source.Address));

    /// <summary>Another hash made of one, so that two choices by one flow do not depend on each other.</summary>
    public static ulong Mix(ulong value)
    {
        value += Step;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private static ulong AddressBits(IPAddress address)
    {
        var hash = 0UL;
        foreach (var part in address.GetAddressBytes())
        {
            hash = Mix((hash << 8) ^ part);
        }

        return hash;
    }
}
