namespace Gwctl.Sandbox.State;

/// <summary>Another process holds the sandbox's state directory.</summary>
public sealed class StateDirectoryLockedException : IOException
{
    public StateDirectoryLockedException()
    {
    }

    public StateDirectoryLockedException(string directory, Exception cause)
        : base($"The sandbox state in '{directory}' is in use by another process. Stop that one first.", cause)
    {
    }

    public StateDirectoryLockedException(string message)
        : base(message)
    {
    }
}
