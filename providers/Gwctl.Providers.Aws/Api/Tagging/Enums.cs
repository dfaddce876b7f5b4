namespace Gwctl.Providers.Aws.Api.Tagging;

public static class ErrorCode
{
    public const string InternalServiceException = "InternalServiceException";
    public const string InvalidParameterException = "InvalidParameterException";
}
