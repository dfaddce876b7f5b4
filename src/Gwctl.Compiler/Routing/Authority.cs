using System.Net;

namespace Gwctl.Compiler.Routing;

/// <summary>The parts of an authority, <c>host</c> or <c>host:port</c>.</summary>
public static class Authority
{
    public const int HttpPort = 80;
    public const int HttpsPort = 443;

    private const int PortMax = 65_535;

    /// <summary>The host without port and without final dots, in the case written.</summary>
    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> authority)
    {
        var colon = authority.LastIndexOf(':');
        var name = colon < 0 || authority[^1] is ']' ? authority : authority[..colon];
        return name.TrimEnd('.');
    }

    /// <summary>The port written, else the scheme's; null where what is written is no port.</summary>
    public static int? PortOf(string authority, string scheme)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var colon = authority.LastIndexOf(':');
        if (!HasPort(authority))
        {
            return WellKnownPort(scheme);
        }

        var isPort = int.TryParse(authority.AsSpan(colon + 1), out var port) && port is > 0 and <= PortMax;
        return isPort ? port : null;
    }

    /// <summary>A port is written, right or wrong.</summary>
    public static bool HasPort(string authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return authority.Contains(':') && !authority.EndsWith(']');
    }

    public static int? WellKnownPort(string scheme) => scheme switch
    {
        "http" => HttpPort,
        "https" => HttpsPort,
        _ => null,
    };

    /// <summary>What a client sends as server name for the authority; null for an address, for which it sends
    /// none (RFC 6066 3).</summary>
    public static string? ServerNameOf(string authority)
    {
        var name = NameOf(authority);
        return name.IsEmpty || name[0] is '[' || IPAddress.TryParse(name, out _) ? null : name.ToString();
    }
}
