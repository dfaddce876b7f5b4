namespace Gwctl.Sandbox.Aws;

/// <summary>What a load balancer counted in one minute.</summary>
internal sealed class MinuteOfRequests(DateTimeOffset minute)
{
    private readonly long[] _ofTarget = new long[6];
    private readonly long[] _own = new long[6];

    public DateTimeOffset Minute => minute;

    public long Requests { get; private set; }

    /// <summary>Responses of targets, whose time was taken.</summary>
    public long Timed { get; private set; }

    public double SecondsSum { get; private set; }

    public double SecondsMin { get; private set; } = double.MaxValue;

    public double SecondsMax { get; private set; }

    /// <param name="hundreds">2 for 2xx.</param>
    /// <param name="ofTarget">Targets' responses, or those that the load balancer made itself.</param>
    public long Responses(int hundreds, bool ofTarget) => (ofTarget ? _ofTarget : _own)[hundreds];

    public void Add(int hundreds, bool ofTarget, double seconds)
    {
        Requests++;
        if (hundreds is >= 1 and <= 5)
        {
            (ofTarget ? _ofTarget : _own)[hundreds]++;
        }

        if (ofTarget)
        {
            Timed++;
            SecondsSum += seconds;
            SecondsMin = Math.Min(SecondsMin, seconds);
            SecondsMax = Math.Max(SecondsMax, seconds);
        }
    }
}
