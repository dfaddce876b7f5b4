using Gwctl.Engine.Providers;
using Gwctl.Providers.Aws.Api;

namespace Gwctl.Providers.Aws.Applying;

/// <summary>What one service has just made, another part of AWS may not know for some seconds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan KnownMax = TimeSpan.FromMinutes(1);

    /// <summary>Makes the call again while it is refused with a code that means this; after a minute the refusal
    /// stands.</summary>
    public static async Task<T> KnownAsync<T>(
        ApplyContext context,
        StepCall call,
        Func<AwsApiException, bool> isUnknown,
        Func<CancellationToken, Task<T>> make,
        CancellationToken cancellationToken)
    {
        var startedAt = context.Clock.GetTimestamp();
        var pause = context.Waits.PauseMin;
        while (true)
        {
            try
            {
                return await make(cancellationToken);
            }
            catch (AwsApiException exception)
                when (isUnknown(exception) && context.Clock.GetElapsedTime(startedAt) < KnownMax)
            {
                call.Progress($"{exception.Code}: not known everywhere yet");
            }

            await Task.Delay(pause, context.Clock, cancellationToken);
            pause = pause + pause < context.Waits.PauseMax ? pause + pause : context.Waits.PauseMax;
        }
    }
}
