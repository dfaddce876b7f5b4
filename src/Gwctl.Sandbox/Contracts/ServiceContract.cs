using System.Collections.Frozen;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Contracts;

public enum WireProtocol
{
    Query,
    Ec2,
    RestXml,
    Json,
    RestJson,
}

/// <summary>One service's API as data: its operations, shapes, error codes and wire facts.</summary>
public sealed class ServiceContract
{
    /// <summary>The contract's name, one of <see cref="ContractCatalog.Services"/>.</summary>
    public required string Name { get; init; }

    public required string ApiVersion { get; init; }

    public required WireProtocol Protocol { get; init; }

    /// <summary>The service name in a signature's credential scope.</summary>
    public required string SigningName { get; init; }

    public required string XmlNamespace { get; init; }

    /// <summary>JSON services: what precedes the operation in <c>X-Amz-Target</c>.</summary>
    public required string TargetPrefix { get; init; }

    public required FrozenDictionary<string, int> HttpStatusByError { get; init; }

    public required FrozenDictionary<string, OperationContract> Operations { get; init; }

    /// <summary>Every way in which a decoded request breaks the contract.</summary>
    /// <param name="operation">A name in <see cref="Operations"/>.</param>
    /// <param name="input">The request's members by their contract names.</param>
    /// <param name="prose">Also check the bounds that stand in the vendor's prose only.</param>
    public IReadOnlyList<ContractViolation> ValidateRequest(string operation, Struct input, bool prose = true) =>
        ContractValidator.Validate(Operations[operation].Input, input, prose);

    /// <summary>How an answer breaks the contract: unknown members, wrong types, values outside of an enum.</summary>
    /// <remarks>Bounds and required members are not looked at: the real services do not keep to them either. A hosted
    /// zone's id is longer than its shape allows, and a tag list may be empty.</remarks>
    public IReadOnlyList<ContractViolation> ValidateResponse(string operation, Struct output) =>
    [
        .. ContractValidator.Validate(Operations[operation].Output, output, prose: false)
            .Where(violation => violation.Kind
                is ViolationKind.UnknownMember or ViolationKind.WrongType or ViolationKind.NotInEnum),
    ];
}

/// <param name="Output">Null where the answer has no body.</param>
public sealed record OperationContract(
    string Name, string Method, string Path, int SuccessStatus, Shape? Input, Shape? Output)
{
    /// <summary>Query protocol: the element around the output.</summary>
    public required string ResultWrapper { get; init; }

    /// <summary>REST XML: the root element of the request's body; empty where there is no body.</summary>
    public required string InputRoot { get; init; }

    public bool NeedsNoSignature { get; init; }
}

public enum ViolationKind
{
    UnknownMember,
    MissingMember,
    WrongType,
    NotInEnum,
    BelowMin,
    AboveMax,
    Pattern,
}

/// <param name="Path">Member names from the request's root, list elements counted from 1:
/// <c>Tags.member.1.Key</c>.</param>
/// <param name="Value">The offending value as text; empty where there is none.</param>
/// <param name="Constraint">What the value should have been, in the cloud's own form of words.</param>
public sealed record ContractViolation(ViolationKind Kind, string Path, string Value, string Constraint);
