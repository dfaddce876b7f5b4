using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>Health checks.</summary>
internal static class HealthChecks
{
    private static readonly Dictionary<string, (string Member, long Port)> ByType = new(StringComparer.Ordinal)
    {
        ["HTTP"] = ("httpHealthCheck", 80),
        ["HTTPS"] = ("httpsHealthCheck", 443),
        ["HTTP2"] = ("http2HealthCheck", 443),
        ["TCP"] = ("tcpHealthCheck", 80),
        ["SSL"] = ("sslHealthCheck", 443),
        ["GRPC"] = ("grpcHealthCheck", 0),
        ["GRPC_WITH_TLS"] = ("grpcTlsHealthCheck", 0),
    };

    public static Struct Complete(Draft draft)
    {
        var content = draft.Content;
        var given = ByType.Where(type => content.Has(type.Value.Member)).Select(type => type.Key).ToList();
        var type = content.Text("type") ?? (given is [var only] ? only : throw GcpErrors.Required("resource.type"));
        if (!ByType.TryGetValue(type, out var form))
        {
            throw draft.Invalid("type", "The health check type is not supported.");
        }

        if (given.Exists(other => other != type))
        {
            throw GcpErrors.Invalid(
                $"resource.{ByType[given.First(other => other != type)].Member}", "",
                $"The member does not fit the type {type}.");
        }

        if (content.Number("timeoutSec") > content.Number("checkIntervalSec"))
        {
            throw draft.Invalid("timeoutSec", "The timeout must not be longer than the check interval.");
        }

        return content.With("type", type)
            .With(form.Member, CompleteProtocol(draft, type, form, content.Member(form.Member) ?? new Struct()));
    }

    private static Struct CompleteProtocol(Draft draft, string type, (string Member, long Port) form, Struct check)
    {
        var ofServing = check.Text("portSpecification") is "USE_SERVING_PORT";
        if (ofServing && (check.Has("port") || check.Has("portName")))
        {
            throw GcpErrors.Invalid(
                $"resource.{form.Member}.port", check["port"], "Must not be set with USE_SERVING_PORT.");
        }

        var result = check;
        if (!ofServing && !check.Has("port") && !check.Has("portName"))
        {
            result = form.Port > 0
                ? result.With("port", form.Port)
                : throw GcpErrors.Required($"resource.{form.Member}.port");
        }

        if (type.StartsWith("GRPC", StringComparison.Ordinal))
        {
            return result;
        }

        result = result.Has("proxyHeader") ? result : result.With("proxyHeader", "NONE");
        if (!type.StartsWith("HTTP", StringComparison.Ordinal))
        {
            return result;
        }

        result = result.Has("requestPath") ? result : result.With("requestPath", "/");
        return result.Required("requestPath").StartsWith('/')
            ? result
            : throw GcpErrors.Invalid(
                $"resource.{form.Member}.requestPath", result["requestPath"], "Must start with /.");
    }
}
