using System.Text.RegularExpressions;
using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Validation;

/// <summary>A method match names a service or a method, and exact names are such as gRPC has.</summary>
internal static partial class GrpcMethods
{
    public static void Check(RouteSpec route, NodeProblems problems)
    {
        foreach (var rule in route.Rules)
        {
            foreach (var match in rule.GrpcMatches)
            {
                if (match.Method is { } method)
                {
                    Check(method, problems);
                }
            }
        }
    }

    private static void Check(GrpcMethodSpec method, NodeProblems problems)
    {
        if (string.IsNullOrEmpty(method.Service) && string.IsNullOrEmpty(method.Method))
        {
            problems.Add(new Diagnostic("GW1250", Severity.Error, "Method match names nothing")
            {
                Subject = method.Span,
                Detail = "method has neither service nor method.",
                Help = "Give one of them or both, or leave method out to match every call.",
            });
            return;
        }

        if (method.IsRegex)
        {
            return;
        }

        if (method.Service is { } service && !ServiceForm().IsMatch(service))
        {
            problems.Add(new Diagnostic("GW1251", Severity.Error, "Service name is malformed")
            {
                Subject = method.Span,
                Detail = $"{FieldDiagnostics.Quote(service)} is no name of a gRPC service.",
                Help = "Write package and service as in shop.v1.Cart, without slashes, or use type RegularExpression.",
            });
        }

        if (method.Method is { } name && !MethodForm().IsMatch(name))
        {
            problems.Add(new Diagnostic("GW1252", Severity.Error, "Method name is malformed")
            {
                Subject = method.Span,
                Detail = $"{FieldDiagnostics.Quote(name)} is no name of a gRPC method.",
                Help = "Use letters, digits and _, not starting with a digit, or use type RegularExpression.",
            });
        }
    }

    [GeneratedRegex(
        @"^\.?[A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceForm();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z_0-9]*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MethodForm();
}
