using Gwctl.Sandbox.Calls;

namespace Gwctl.Testing.Clouds;

/// <summary>A process that dies in the middle of its work.</summary>
public static class Death
{
    /// <summary>For a <see cref="FaultInjector"/>: the writing call has its effect, nobody hears the answer, and
    /// nothing follows.</summary>
    /// <param name="last">The number of the call.</param>
    public static Func<CallInfo, Fault?> AtWrite(long last)
    {
        var isDead = false;
        return call =>
        {
            if (isDead || call.MutatingNumber > last)
            {
                return new Fault.Fail("AccessDenied", "The caller is dead.", 403);
            }

            isDead = call.MutatingNumber == last;
            return isDead ? new Fault.LoseResponse() : null;
        };
    }
}
