using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gwctl.Kubernetes.Config;

namespace Gwctl.Kubernetes.Http;

/// <summary>Keeps the credentials of one client: reads them when they are needed, and again when they are old or
/// refused. Thread-safe.</summary>
internal sealed class KubeCredentials : IDisposable
{
    /// <summary>As client-go has it: a token file is looked at again after this.</summary>
    private static readonly TimeSpan FileAgeMax = TimeSpan.FromMinutes(1);

    /// <summary>A plugin's credential is renewed this long before it ends.</summary>
    private static readonly TimeSpan ExpirySlack = TimeSpan.FromSeconds(30);

    private readonly KubeSettings _settings;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly X509Certificate2? _own;
    private volatile Credential? _current;

    public KubeCredentials(
        KubeSettings settings, TimeProvider clock, IReadOnlyDictionary<string, string> environment)
    {
        (_settings, _clock, _environment) = (settings, clock, environment);
        _own = settings.Certificate is { } pair ? Load(pair) : null;
    }

    /// <summary>What the next connection shows.</summary>
    public X509Certificate2? Certificate => _current?.Certificate ?? _own;

    /// <summary>The Authorization header; null for none.</summary>
    /// <exception cref="KubeException">The file or the plugin gives none.</exception>
    public async Task<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (_settings.Token is null)
        {
            return null;
        }

        var current = _current;
        if (current is null || _clock.GetUtcNow() >= current.RenewAt)
        {
            await _gate.WaitAsync(cancellationToken);
            try
            {
                if (ReferenceEquals(current, _current))
                {
                    _current = current = await ReadAsync(_settings.Token, cancellationToken);
                }
                else
                {
                    current = _current;
                }
            }
            finally
            {
                _gate.Release();
            }
        }

        return current?.Header;
    }

    /// <summary>The server refused what it got: it is read again before the next request.</summary>
    /// <returns>False where the next one would be the same.</returns>
    public bool Renew()
    {
        _current = null;
        return _settings.Token is KubeToken.File or KubeToken.Exec;
    }

    public void Dispose()
    {
        _gate.Dispose();
        _own?.Dispose();
    }

    private async Task<Credential> ReadAsync(KubeToken token, CancellationToken cancellationToken)
    {
        switch (token)
        {
            case KubeToken.Fixed(var text):
                return new Credential(Bearer(text.Reveal()), DateTimeOffset.MaxValue);
            case KubeToken.Basic(var user, var password):
                var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"));
                return new Credential(new AuthenticationHeaderValue("Basic", pair), DateTimeOffset.MaxValue);
            case KubeToken.File(var path):
                return new Credential(
                    Bearer(await ReadFileAsync(path, cancellationToken)), _clock.GetUtcNow() + FileAgeMax);
            case KubeToken.Exec(var plugin):
                var told = await ExecCredential.RunAsync(plugin, _settings, _environment, cancellationToken);
                return new Credential(
                    told.Token is { } secret ? Bearer(secret.Reveal()) : null,
                    told.ExpiresAt is { } end ? end - ExpirySlack : DateTimeOffset.MaxValue)
                {
                    Certificate = told.Certificate is { } shown ? Load(shown) : null,
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeException(
                KubeDiagnostics.NoCredentials($"The token file {path} cannot be read.", ""), inner: exception);
        }
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static X509Certificate2 Load(KubeCertificate pair)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pair.CertificatePem, pair.KeyPem.Reveal());
        }
        catch (CryptographicException exception)
        {
            // Its message speaks of the form, never of the key.
            throw new KubeException(
                KubeDiagnostics.BadCertificate("The client certificate", exception.Message), inner: exception);
        }
    }

    private sealed record Credential(AuthenticationHeaderValue? Header, DateTimeOffset RenewAt)
    {
        public X509Certificate2? Certificate { get; init; }
    }
}
