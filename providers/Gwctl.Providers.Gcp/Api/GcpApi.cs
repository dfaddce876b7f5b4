using System.Text.RegularExpressions;
using Gwctl.Engine.Calls;
using Gwctl.Providers.Gcp.Api.CertificateManager;
using Gwctl.Providers.Gcp.Api.Compute;
using Gwctl.Providers.Gcp.Api.Dns;

namespace Gwctl.Providers.Gcp.Api;

/// <summary>The clients of one project. They share connections, credentials and, per service, the rate limits; so make
/// one and keep it. All of it is safe for concurrent use. Making it reads no credentials and sends nothing.</summary>
public sealed partial class GcpApi : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly GcpCredentialsProvider _credentials;

    /// <exception cref="ArgumentException">The project has not the form of one; it would become part of a
    /// path.</exception>
    public GcpApi(GcpApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!ProjectForm().IsMatch(options.Project))
        {
            throw new ArgumentException($"'{options.Project}' is not a Google Cloud project.", nameof(options));
        }

        Project = options.Project;
        _http = Connections.Over(options.Handler, NewHandler);
        _credentials = new GcpCredentialsProvider(options.Credentials, options.Handler);
        var parts = new GcpTransportParts(_http, _credentials);
        Compute = new ComputeClient(new GcpChannel(GcpService.Compute, options, parts));
        Dns = new DnsClient(new GcpChannel(GcpService.Dns, options, parts));
        CertificateManager =
            new CertificateManagerClient(new GcpChannel(GcpService.CertificateManager, options, parts));
    }

    public string Project { get; }

    public ComputeClient Compute { get; }

    public DnsClient Dns { get; }

    public CertificateManagerClient CertificateManager { get; }

    public void Dispose()
    {
        _http.Dispose();
        _credentials.Dispose();
    }

    private static SocketsHttpHandler NewHandler()
    {
        var handler = Connections.NewHandler();
        handler.AutomaticDecompression = System.Net.DecompressionMethods.All;
        return handler;
    }

    /// <summary>Of the domain-scoped ones too: <c>example.com:shop</c>.</summary>
    [GeneratedRegex(
        @"\A(?:[a-z][a-z0-9.-]*:)?[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ProjectForm();
}
