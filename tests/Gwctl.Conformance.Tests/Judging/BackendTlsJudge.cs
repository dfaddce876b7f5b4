using Gwctl.Conformance.Tests.Reading;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>How backends must be reached.</summary>
internal static class BackendTlsJudge
{
    public static IEnumerable<string> Judge(Behaviour behaviour, SpecificationSide side)
    {
        foreach (var expected in behaviour.BackendTls)
        {
            var backend = side.Model.Gateways.SelectMany(gateway => gateway.Backends)
                .FirstOrDefault(item => item.Id == expected.BackendId);
            var got = backend is null
                ? "no backend"
                : backend.Service.Tls is { } tls
                    ? Shown(tls.Hostname, tls.SubjectAltNames.Select(name => name.Value))
                    : Shown(null, []);
            var wanted = Shown(expected.Hostname, expected.Names);
            if (got != wanted)
            {
                yield return $"line {expected.Line}: {expected.BackendId} is reached by {got}, expected {wanted}.";
            }
        }
    }

    private static string Shown(string? hostname, IEnumerable<string> names) => hostname is null
        ? "plain text"
        : $"TLS as {hostname}" + string.Concat(names.Order(StringComparer.Ordinal).Select(name => $", {name}"));
}
