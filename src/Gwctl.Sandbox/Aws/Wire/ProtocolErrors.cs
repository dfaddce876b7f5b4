using Gwctl.Sandbox.Contracts;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Errors that every service has, under the names that each protocol's services give them.</summary>
internal static class ProtocolErrors
{
    private const string BadSignature =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
        + "Access Key and signing method. Consult the service documentation for details.";

    private const string BadToken = "The security token included in the request is invalid.";

    public static AwsException MissingAuthentication(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Json => new("MissingAuthenticationTokenException", "Missing Authentication Token"),
        _ => new("MissingAuthenticationToken", "Request is missing Authentication Token") { HttpStatus = 403 },
    };

    public static AwsException IncompleteSignature(WireProtocol protocol, string detail) => protocol switch
    {
        WireProtocol.Json => new("IncompleteSignatureException", detail),
        _ => new("IncompleteSignature", detail) { HttpStatus = 400 },
    };

    public static AwsException UnknownKey(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Json => new("UnrecognizedClientException", BadToken),
        WireProtocol.Ec2 => new(
            "AuthFailure", "AWS was not able to validate the provided access credentials")
        { HttpStatus = 401 },
        _ => new("InvalidClientTokenId", BadToken) { HttpStatus = 403 },
    };

    public static AwsException SignatureMismatch(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Json => new("InvalidSignatureException", BadSignature),
        _ => new("SignatureDoesNotMatch", BadSignature) { HttpStatus = 403 },
    };

    public static AwsException SignatureExpired(WireProtocol protocol, string detail) => protocol switch
    {
        WireProtocol.Json => new("InvalidSignatureException", detail),
        WireProtocol.Ec2 => new("RequestExpired", "Request has expired.") { HttpStatus = 400 },
        _ => new("SignatureDoesNotMatch", detail) { HttpStatus = 403 },
    };

    public static AwsException TokenExpired(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Json => new("ExpiredTokenException", "The security token included in the request is expired"),
        WireProtocol.Ec2 => new("RequestExpired", "Request has expired.") { HttpStatus = 400 },
        _ => new("ExpiredToken", "The security token included in the request is expired") { HttpStatus = 403 },
    };

    public static AwsException UnknownOperation(ServiceContract contract, string name) => contract.Protocol switch
    {
        WireProtocol.Json => new("UnknownOperationException", $"Unknown operation: {name}"),
        WireProtocol.Ec2 => new("InvalidAction", $"The action {name} is not valid for this web service."),
        WireProtocol.RestXml => new("InvalidInput", $"There is no operation for {name}") { HttpStatus = 404 },
        _ => new(
            "InvalidAction", $"Could not find operation {name} for version {contract.ApiVersion}")
        {
            HttpStatus = 400,
        },
    };

    public static AwsException Throttled(ServiceContract contract) => contract.Name switch
    {
        "ec2" => new("RequestLimitExceeded", "Request limit exceeded.") { HttpStatus = 503 },
        "acm" => new("ThrottlingException", "Rate exceeded"),
        "tagging" => new("ThrottledException", "Rate exceeded"),
        _ => new("Throttling", "Rate exceeded") { HttpStatus = 400 },
    };

    /// <summary>All violations in one error, as the real services' validation does it.</summary>
    public static AwsException Invalid(
        ServiceContract contract, IReadOnlyList<ContractViolation> violations)
    {
        var first = violations[0];
        var sentences = violations.Select(Sentence);
        var text = $"{violations.Count} validation error{(violations.Count is 1 ? "" : "s")} detected: "
            + string.Join("; ", sentences);
        return contract.Protocol switch
        {
            WireProtocol.Ec2 => Ec2Invalid(first),
            WireProtocol.Json when violations.Any(violation =>
                violation.Kind is ViolationKind.UnknownMember or ViolationKind.WrongType)
                => new("SerializationException", text),
            WireProtocol.Json => new("ValidationException", text),
            WireProtocol.RestXml => new("InvalidInput", text),
            _ => new("ValidationError", text) { HttpStatus = 400 },
        };
    }

    private static AwsException Ec2Invalid(ContractViolation violation) => violation.Kind switch
    {
        ViolationKind.UnknownMember =>
            new("UnknownParameter", $"The parameter {violation.Path} is not recognized"),
        ViolationKind.MissingMember =>
            new("MissingParameter", $"The request must contain the parameter {violation.Path}"),
        _ => new(
            "InvalidParameterValue",
            $"Value ({violation.Value}) for parameter {violation.Path} is invalid. {violation.Constraint}"),
    };

    private static string Sentence(ContractViolation violation)
    {
        var path = violation.Path is "" ? "" : char.ToLowerInvariant(violation.Path[0]) + violation.Path[1..];
        var value = violation.Kind is ViolationKind.MissingMember ? "null" : $"'{violation.Value}'";
        return $"Value {value} at '{path}' failed to satisfy constraint: {violation.Constraint}";
    }
}
