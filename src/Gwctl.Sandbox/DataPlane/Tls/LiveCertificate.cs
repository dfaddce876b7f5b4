using System.Net.Security;

namespace Gwctl.Sandbox.DataPlane.Tls;

/// <summary>A certificate, ready to be presented.</summary>
/// <param name="Names">Its DNS names, in lower case.</param>
/// <param name="Context">With key and chain.</param>
/// <param name="Problem">What is not as the cloud says; empty where all is well.</param>
internal sealed record LiveCertificate(string[] Names, SslStreamCertificateContext Context, string Problem);
