using System.Text.RegularExpressions;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Wire;

/// <summary>A request that has found its operation.</summary>
internal sealed partial record GcpRequest(
    GcpRoute Route, Struct Input, Struct Body, IReadOnlyList<IReadOnlyList<string>> Nulls)
{
    /// <summary>Query parameters that every method takes.</summary>
    private static readonly HashSet<string> Everywhere = new(StringComparer.Ordinal)
    {
        "$.xgafv", "$alt", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint",
        "quotaUser", "uploadType", "upload_protocol", "userIp",
    };

    /// <exception cref="GcpException">The request breaks its contract.</exception>
    public static GcpRequest Read(GcpRoute route, Struct variables, WireRequest request)
    {
        var operation = route.Operation;
        var input = ReadQuery(operation, variables, request.Query);
        var payload = operation.Input?.Payload is { Length: > 0 } name ? operation.Input.Member(name) : null;
        var (body, nulls) = payload is null
            ? (new Struct(), [])
            : BodyDecoder.Decode(payload.Shape, request.Body);
        var whole = payload is null ? input : input.With(payload.Name, body);
        var violations = route.Service.Contract.ValidateRequest(operation.Name, whole);
        if (violations is [var first, ..])
        {
            throw Explain(first, payload?.Name);
        }

        return new GcpRequest(route, input, body, nulls);
    }

    private static Struct ReadQuery(OperationContract operation, Struct variables, string query)
    {
        var input = variables;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, text) = pair.Split('=', 2) is [var left, var right] ? (left, right) : (pair, "");
            (name, text) = (Decode(name), Decode(text));
            if (Everywhere.Contains(name))
            {
                continue;
            }

            var member = operation.Input?.Member(name);
            if (member is not { Location: "querystring" })
            {
                throw new GcpException(
                    400, "badRequest",
                    $"Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter.");
            }

            input = input.With(name, ReadScalar(member, text));
        }

        return input;

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    private static Value ReadScalar(MemberShape member, string text) => member.Shape.Type switch
    {
        ShapeType.Integer when !member.Shape.IsNumberAsText && long.TryParse(text, out var number) =>
            new NumberValue(number),
        ShapeType.Boolean when bool.TryParse(text, out var flag) => new FlagValue(flag),
        ShapeType.Integer when !member.Shape.IsNumberAsText =>
            throw GcpErrors.Invalid(member.Name, text, "Not a number."),
        ShapeType.Boolean => throw GcpErrors.Invalid(member.Name, text, "Not a boolean."),
        _ => new TextValue(text),
    };

    private static GcpException Explain(ContractViolation violation, string? payload)
    {
        var path = Element().Replace(
            violation.Path, match => $"[{int.Parse(match.Groups["number"].ValueSpan) - 1}]");
        var field = payload is not null && path.StartsWith(payload, StringComparison.Ordinal)
            ? "resource" + path[payload.Length..]
            : path;
        return violation.Kind is ViolationKind.MissingMember
            ? GcpErrors.Required(field)
            : GcpErrors.Invalid(field, violation.Value, $"{violation.Constraint}.");
    }

    /// <summary>The contract counts a list's elements from 1, Google from 0.</summary>
    [GeneratedRegex(@"\.(?<number>\d+)\.member", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Element();
}
