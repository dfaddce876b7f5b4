using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.DataPlane.Rules;

/// <summary>What rules look at: the request as the client sent it.</summary>
/// <param name="Method">As sent: methods are case-sensitive.</param>
/// <param name="Host">Of the Host header or <c>:authority</c>, without a port; empty where there is none.</param>
/// <param name="Path">The path as sent, undecoded, without the query.</param>
/// <param name="Query">What follows the <c>?</c>, undecoded; empty where there is none.</param>
/// <param name="Headers">All headers of the request.</param>
/// <param name="Source">The address at the other end of the connection.</param>
internal sealed record RequestFacts(
    string Method, string Host, string Path, string Query, IHeaderDictionary Headers, IPAddress Source)
{
    /// <summary>Splits a Host header.</summary>
    public static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host[..colon];
    }

    /// <summary>Splits a request target, in origin form or absolute form, into path and query.</summary>
    public static (string Path, string Query) Split(string target)
    {
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            var slash = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
            target = slash < 0 ? "/" : target[slash..];
        }

        var mark = target.IndexOf('?');
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
