namespace Gwctl.Engine.Calls;

/// <summary>The transport of clients that were not given one.</summary>
public static class Connections
{
    public static SocketsHttpHandler NewHandler() => new()
    {
        // Clouds move their endpoints' addresses; a connection kept for ever would not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    /// <summary>A given transport is its giver's to end.</summary>
    public static HttpMessageInvoker Over(HttpMessageHandler? given, Func<HttpMessageHandler> otherwise)
    {
        ArgumentNullException.ThrowIfNull(otherwise);
        return given is null
            ? new HttpMessageInvoker(otherwise(), disposeHandler: true)
            : new HttpMessageInvoker(given, disposeHandler: false);
    }
}
