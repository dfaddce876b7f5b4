using System.Net;

namespace Gwctl.Sandbox.DataPlane.Listeners;

/// <summary>A listener that really listens: one that reads requests, or one that passes on flows.</summary>
internal interface ILiveListener
{
    /// <summary>Where it listens; null where it could not.</summary>
    IPEndPoint? Address { get; }

    /// <summary>Why it does not listen, or what is not as the cloud says; empty where all is well.</summary>
    string Problem { get; }

    /// <summary>Takes no more connections and lets requests in flight finish, up to the drain timeout.</summary>
    Task StopAsync();
}
