using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;
using Gwctl.Testing;

namespace Gwctl.Providers.Gcp.Tests.Api;

/// <summary>Holds a request that was sent against Google's contract: its operation, its query, and its body member by
/// member.</summary>
internal sealed class ContractCheck
{
    private readonly List<string> _findings = [];

    private ContractCheck()
    {
    }

    /// <param name="service">The contract's: <c>compute</c>.</param>
    /// <param name="operation">The one that the client says it calls.</param>
    public static IReadOnlyList<string> Of(string service, string operation, SentRequest sent)
    {
        var contract = ContractCatalog.Load(service);
        if (!contract.Operations.TryGetValue(operation, out var described))
        {
            return [$"there is no {service} {operation}"];
        }

        var check = new ContractCheck();
        var input = check.Variables(described, sent);
        check.Query(described, sent, input);
        check.Body(described, sent, input);
        var violations = contract.ValidateRequest(operation, input)
            .Select(violation => $"{violation.Path} {violation.Kind} {violation.Value} {violation.Constraint}");
        return [.. check._findings, .. violations];
    }

    private Struct Variables(OperationContract operation, SentRequest sent)
    {
        var pattern = Regex.Replace(
            Regex.Escape(operation.Path).Replace("\\{", "{", StringComparison.Ordinal),
            @"\{(\\\+)?(\w+)}",
            match => $"(?<{match.Groups[2].Value}>{(match.Groups[1].Success ? ".+" : "[^/]+")})");
        var match = Regex.Match(sent.Uri.AbsolutePath, $@"\A{pattern}\z");
        var input = new Struct();
        if (!match.Success || sent.Method.Method != operation.Method)
        {
            _findings.Add($"{sent.Method} {sent.Uri.AbsolutePath} is not {operation.Method} {operation.Path}");
            return input;
        }

        foreach (var group in match.Groups.Values.Where(group => !char.IsAsciiDigit(group.Name[0])))
        {
            input.Add(group.Name, Uri.UnescapeDataString(group.Value));
        }

        return input;
    }

    private void Query(OperationContract operation, SentRequest sent, Struct input)
    {
        foreach (var pair in sent.Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, text) = (pair.Split('=')[0], Uri.UnescapeDataString(pair.Split('=')[1]));
            if (operation.Input?.Member(name) is not { Location: "querystring" } member)
            {
                _findings.Add($"{operation.Name} has no query field {name}");
                continue;
            }

            input.Add(name, member.Shape.Type is ShapeType.Integer && !member.Shape.IsNumberAsText
                ? new NumberValue(double.Parse(text))
                : new TextValue(text));
        }
    }

    private void Body(OperationContract operation, SentRequest sent, Struct input)
    {
        var payload = operation.Input?.Payload is { Length: > 0 } name ? operation.Input.Member(name) : null;
        if (payload is null)
        {
            if (sent.Body.Length > 0)
            {
                _findings.Add($"{operation.Name} has no body");
            }
        }
        else if (sent.Body.Length > 0)
        {
            input.Add(payload.Name, Read(payload.Name, payload.Shape, JsonNode.Parse(sent.Body)));
        }
    }

    private Value? Read(string path, Shape shape, JsonNode? node)
    {
        switch (shape.Type, node)
        {
            case (_, null):
                return null;
            case (ShapeType.Structure, JsonObject json):
                return ReadStructure(path, shape, json);
            case (ShapeType.Map, JsonObject json):
                var map = new Struct();
                foreach (var (key, value) in json)
                {
                    map.Add(key, Read($"{path}.{key}", shape.MapValue?.Shape ?? shape, value));
                }

                return map;
            case (ShapeType.List, JsonArray items):
                return new ListValue(items.Select((item, index) =>
                    Read($"{path}[{index}]", shape.Element?.Shape ?? shape, item)).OfType<Value>());
            default:
                return ReadScalar(path, shape, node);
        }
    }

    private Struct ReadStructure(string path, Shape shape, JsonObject json)
    {
        var read = new Struct();
        foreach (var (name, value) in json)
        {
            if (shape.Member(name) is not { } member)
            {
                _findings.Add($"{path}.{name} is no member of {shape.Name}");
            }
            else if (member.IsReadOnly)
            {
                _findings.Add($"{path}.{name} is the service's own");
            }
            else
            {
                read.Add(name, Read($"{path}.{name}", member.Shape, value));
            }
        }

        return read;
    }

    private Value? ReadScalar(string path, Shape shape, JsonNode node)
    {
        var kind = node.GetValueKind();
        switch (shape.Type)
        {
            case ShapeType.Integer or ShapeType.Fraction when kind is JsonValueKind.Number && !shape.IsNumberAsText:
                return new NumberValue(double.Parse(node.ToJsonString()));
            case ShapeType.Integer when kind is JsonValueKind.String && shape.IsNumberAsText:
            case ShapeType.String when kind is JsonValueKind.String:
                return new TextValue(node.GetValue<string>());
            case ShapeType.Boolean when kind is JsonValueKind.True or JsonValueKind.False:
                return new FlagValue(kind is JsonValueKind.True);
            default:
                _findings.Add($"{path} is {kind}, not {shape.Type}");
                return null;
        }
    }
}
