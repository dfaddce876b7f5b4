using Gwctl.Compiler.Specs;
using Gwctl.Verification.Router;

namespace Gwctl.Conformance.Tests.Judging;

/// <summary>What the specification puts into a response that had no headers.</summary>
internal static class ResponseHeaders
{
    /// <summary>A gRPC client's status stands beside the headers.</summary>
    public const string GrpcStatus = "grpc-status";

    /// <summary>The header's combined value in each response that may come; null where it is absent.</summary>
    public static IEnumerable<string?> Possible(Outcome outcome, string name) => outcome switch
    {
        Outcome.Forward forward => forward.Shares.Select(share => name is GrpcStatus
            ? share.GrpcStatus?.ToString()
            : ValueOf(name, share.ResponseEdits, forward.CorsHeaders)),
        Outcome.Redirect redirect => [ValueOf(name, redirect.ResponseEdits, redirect.CorsHeaders)],
        Outcome.Preflight preflight => [ValueOf(name, [], preflight.Headers)],
        Outcome.Respond respond => [name is GrpcStatus ? respond.GrpcStatus?.ToString() : null],
        _ => [],
    };

    private static string? ValueOf(
        string name, IEnumerable<HeaderEditSpec> edits, IEnumerable<HeaderField> cors)
    {
        var values = new List<string>();
        foreach (var edit in edits)
        {
            foreach (var header in edit.Set.Where(header => Is(header.Name, name)))
            {
                values = [header.Value];
            }

            values.AddRange(edit.Add.Where(header => Is(header.Name, name)).Select(header => header.Value));
            if (edit.Remove.Any(removed => Is(removed, name)))
            {
                values.Clear();
            }
        }

        values.AddRange(cors.Where(header => Is(header.Name, name)).Select(header => header.Value));
        return values.Count is 0 ? null : string.Join(", ", values);
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
