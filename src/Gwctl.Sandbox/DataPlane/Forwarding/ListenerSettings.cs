using Gwctl.Sandbox.Aws.Elbv2;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.DataPlane.Forwarding;

internal enum ForwardedForMode
{
    Append,
    Preserve,
    Remove,
}

/// <summary>What the attributes of a load balancer and its listener say, read once.</summary>
internal sealed record ListenerSettings
{
    private const string ResponsePrefix = "routing.http.response.";
    private const string RequestPrefix = "routing.http.request.";
    private const string ValueSuffix = ".header_value";

    /// <summary><c>HTTP</c> or <c>HTTPS</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The cloud's port, which the listener may not have on this machine.</summary>
    public required int Port { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required TimeSpan ClientKeepAlive { get; init; }

    /// <summary>HTTP/2 to clients, on HTTPS.</summary>
    public required bool Http2 { get; init; }

    public required bool DropsInvalidHeaders { get; init; }

    public required bool PreservesHost { get; init; }

    public required ForwardedForMode ForwardedFor { get; init; }

    public required bool ForwardsClientPort { get; init; }

    /// <summary>Tells targets the TLS version and cipher suite.</summary>
    public required bool ForwardsTls { get; init; }

    public required string TlsVersionHeader { get; init; }

    public required string TlsCipherHeader { get; init; }

    /// <summary>False takes the Server header off every response.</summary>
    public required bool ServerHeader { get; init; }

    /// <summary>What every response carries, whatever the target said.</summary>
    public required KeyValuePair<string, string>[] ResponseHeaders { get; init; }

    /// <summary>Null where the listener asks clients for no certificates.</summary>
    public required ClientCertificateHeaders? ClientCertificates { get; init; }

    public bool Secure => Protocol is "HTTPS";

    public static ListenerSettings Of(Struct loadBalancer, Struct listener)
    {
        var balancer = Attributes.Effective(loadBalancer, Attributes.Kind.LoadBalancer);
        var own = Attributes.Effective(listener, Attributes.Kind.Listener);
        return new ListenerSettings
        {
            Protocol = listener.Required("Protocol"),
            Port = (int)(listener.Number("Port") ?? 0),
            IdleTimeout = Seconds(balancer, "idle_timeout.timeout_seconds", 60),
            ClientKeepAlive = Seconds(balancer, "client_keep_alive.seconds", 3600),
            Http2 = IsOn(balancer, "routing.http2.enabled"),
            DropsInvalidHeaders = IsOn(balancer, "routing.http.drop_invalid_header_fields.enabled"),
            PreservesHost = IsOn(balancer, "routing.http.preserve_host_header.enabled"),
            ForwardedFor = balancer.GetValueOrDefault("routing.http.xff_header_processing.mode") switch
            {
                "preserve" => ForwardedForMode.Preserve,
                "remove" => ForwardedForMode.Remove,
                _ => ForwardedForMode.Append,
            },
            ForwardsClientPort = IsOn(balancer, "routing.http.xff_client_port.enabled"),
            ForwardsTls = IsOn(balancer, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled"),
            TlsVersionHeader = Renamed(own, "x_amzn_tls_version", "X-Amzn-Tls-Version"),
            TlsCipherHeader = Renamed(own, "x_amzn_tls_cipher_suite", "X-Amzn-Tls-Cipher-Suite"),
            ServerHeader = own.GetValueOrDefault("routing.http.response.server.enabled") is not "false",
            ClientCertificates = ClientCertificateHeaders.Of(listener),
            ResponseHeaders =
            [
                .. own.Where(attribute => attribute.Value is not ""
                        && attribute.Key.StartsWith(ResponsePrefix, StringComparison.Ordinal)
                        && attribute.Key.EndsWith(ValueSuffix, StringComparison.Ordinal))
                    .Select(attribute => KeyValuePair.Create(HeaderName(attribute.Key), attribute.Value)),
            ],
        };
    }

    private static bool IsOn(SortedDictionary<string, string> attributes, string key) =>
        attributes.GetValueOrDefault(key) is "true";

    private static TimeSpan Seconds(SortedDictionary<string, string> attributes, string key, int otherwise) =>
        TimeSpan.FromSeconds(int.TryParse(attributes.GetValueOrDefault(key), out var set) ? set : otherwise);

    private static string Renamed(SortedDictionary<string, string> attributes, string key, string usual) =>
        attributes.GetValueOrDefault($"{RequestPrefix}{key}.header_name") is { Length: > 0 } name ? name : usual;

    /// <summary><c>x_frame_options</c> is <c>X-Frame-Options</c>.</summary>
    private static string HeaderName(string key) => string.Join('-', key[ResponsePrefix.Length..^ValueSuffix.Length]
        .Split('_')
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
