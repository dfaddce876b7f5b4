using System.Net.Security;
using System.Security.Authentication;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

/// <summary>Names of TLS versions and cipher suites, as headers give them.</summary>
internal static class TlsNames
{
    public static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLSv1.3",
        SslProtocols.Tls12 => "TLSv1.2",
        _ => $"{protocol}",
    };

    /// <summary>The name in the registry of IANA.</summary>
    public static string Suite(TlsCipherSuite suite) => $"{suite}";
}
