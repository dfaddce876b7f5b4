using Gwctl.Core;
using Gwctl.Engine.Resources;

namespace Gwctl.Engine.Planning.Files;

/// <summary>Addresses as one text that can be read back: <c>scope/namespace/gateway/kind/key</c>, with the slashes and
/// percent signs of all but the key escaped as in URLs.</summary>
internal static class AddressText
{
    public static string Write(ResourceAddress address)
    {
        var (space, name) = (Escape(address.Gateway.Namespace), Escape(address.Gateway.Name));
        var text = $"{Escape(address.Scope)}/{space}/{name}/{Escape(address.Kind)}";
        return address.Key is "" ? text : $"{text}/{address.Key}";
    }

    public static ResourceAddress? Read(string text)
    {
        var parts = text.Split('/', 5);
        return parts.Length < 4 || (parts.Length is 5 && parts[4] is "") ? null : new ResourceAddress(
            Unescape(parts[0]),
            Unescape(parts[3]),
            new ObjectName(Unescape(parts[1]), Unescape(parts[2])),
            parts.Length is 5 ? parts[4] : "");
    }

    private static string Escape(string text) => text.AsSpan().ContainsAny('/', '%')
        ? text.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)
        : text;

    private static string Unescape(string text) => text.Contains('%', StringComparison.Ordinal)
        ? text.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal)
        : text;
}
