namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>Something made of documents, and which.</summary>
internal sealed record Made<T>(T Value, object[] Sources)
{
    public bool IsOf(params object[] sources)
    {
        if (sources.Length != Sources.Length)
        {
            return false;
        }

        for (var index = 0; index < sources.Length; index++)
        {
            if (!ReferenceEquals(sources[index], Sources[index]))
            {
                return false;
            }
        }

        return true;
    }
}
