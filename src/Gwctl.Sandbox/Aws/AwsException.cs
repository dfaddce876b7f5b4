using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

/// <summary>An error that the cloud answers with. Thrown by operations, turned into the protocol's envelope at the
/// edge.</summary>
public sealed class AwsException : Exception
{
    public AwsException()
    {
    }

    public AwsException(string message)
        : base(message)
    {
    }

    public AwsException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public AwsException(string code, string message)
        : base(message) => Code = code;

    /// <summary>The error's code as the wire has it.</summary>
    public string Code { get; } = "InternalFailure";

    /// <summary>Overrides the status that the contract gives the code.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Route 53's batch failures list a message for each change that failed.</summary>
    public ListValue? Messages { get; init; }
}
