using System.Text;
using Gwctl.Sandbox.Calls;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <param name="Operation">Null where the request names no operation of the contract.</param>
/// <param name="NamedOperation">What the request did name, for the error message.</param>
/// <param name="Violations">What could not be decoded: unknown members and values of a wrong type.</param>
public sealed record DecodedRequest(
    OperationContract? Operation, string NamedOperation, Struct Input, IReadOnlyList<ContractViolation> Violations);

/// <summary>Decodes a request of any of the protocols by the service's contract.</summary>
public static class RequestDecoder
{
    public static DecodedRequest Decode(ServiceContract contract, WireRequest request) => contract.Protocol switch
    {
        WireProtocol.Query or WireProtocol.Ec2 => DecodeForm(contract, request),
        WireProtocol.Json => DecodeJson(contract, request),
        _ => DecodeRest(contract, request),
    };

    private static DecodedRequest DecodeForm(ServiceContract contract, WireRequest request)
    {
        var text = Encoding.UTF8.GetString(request.Body.Span);
        var fields = FormFields.Parse(request.Method is "GET" ? request.Query : text);
        var action = fields.Child("Action")?.Value ?? "";
        if (!contract.Operations.TryGetValue(action, out var operation))
        {
            return new(null, action, [], []);
        }

        fields.Children.Remove("Action");
        fields.Children.Remove("Version");
        var violations = new List<ContractViolation>();
        var decoder = new FormDecoder(contract.Protocol is WireProtocol.Ec2, violations);
        return new(operation, action, decoder.Decode(operation.Input, fields), violations);
    }

    private static DecodedRequest DecodeJson(ServiceContract contract, WireRequest request)
    {
        var target = request.Header("x-amz-target");
        var name = target[(target.LastIndexOf('.') + 1)..];
        if (target != $"{contract.TargetPrefix}.{name}" || !contract.Operations.TryGetValue(name, out var operation))
        {
            return new(null, target, [], []);
        }

        var violations = new List<ContractViolation>();
        return new(operation, name, JsonDecoder.Decode(operation.Input, request.Body, violations), violations);
    }

    private static DecodedRequest DecodeRest(ServiceContract contract, WireRequest request)
    {
        foreach (var operation in contract.Operations.Values)
        {
            if (operation.Method == request.Method && PathTemplate.Match(operation.Path, request.Path) is { } labels)
            {
                var violations = new List<ContractViolation>();
                var input = RestXmlDecoder.Decode(operation, labels, request, violations);
                return new(operation, operation.Name, input, violations);
            }
        }

        return new(null, $"{request.Method} {request.Path}", [], []);
    }
}
