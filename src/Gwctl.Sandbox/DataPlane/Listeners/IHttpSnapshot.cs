using Gwctl.Sandbox.DataPlane.Tls;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>What a listener that reads requests does with them, at one moment. A request keeps the one that it began
/// with.</summary>
internal interface IHttpSnapshot
{
    bool IsSecure { get; }

    /// <summary>How long a client's connection may be quiet between requests.</summary>
    TimeSpan ClientKeepAlive { get; }

    /// <summary>Null for plain HTTP, and where no certificate is there.</summary>
    TlsSettings? Tls { get; }

    Task ServeAsync(HttpContext context);
}
