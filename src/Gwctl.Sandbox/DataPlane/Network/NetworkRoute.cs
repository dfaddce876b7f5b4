using System.Net;
using Gwctl.Sandbox.DataPlane.Targets;

namespace Gwctl.Sandbox.DataPlane.Network;

/// <summary>A target group as a listener forwards to it.</summary>
/// <param name="Group">Its settings and targets.</param>
/// <param name="Weight">0 to 999; 0 takes no flows.</param>
internal sealed record NetworkGroup(TargetGroup Group, int Weight)
{
    public string Arn => Group.Settings.Arn;

    /// <summary>By the flow, among the usable targets; among all of them where none is usable. Null where the group has
    /// none.</summary>
    public LiveTarget? Choose(Flow flow, SourceMemory memory)
    {
        var sticky = Group.Settings.Stickiness is TargetStickiness.SourceAddress;
        if (sticky && memory.Find(Arn, flow.Source.Address) is { } key && Group.Find(key) is { } known)
        {
            return known;
        }

        var usable = Array.FindAll(Group.Targets, Group.IsUsable);
        var among = usable.Length > 0 ? usable : Group.Targets;
        if (among.Length is 0)
        {
            return null;
        }

        var chosen = among[(int)(Flow.Mix(sticky ? flow.SourceHash() : flow.Hash()) % (ulong)among.Length)];
        if (sticky)
        {
            memory.Keep(Arn, flow.Source.Address, GroupSettings.KeyOf(chosen));
        }

        return chosen;
    }
}

/// <summary>Where a listener's flows go.</summary>
/// <param name="ListenerArn">Whose route it is.</param>
/// <param name="Groups">At least one.</param>
/// <param name="Sticky">Flows of one client address stay with one group.</param>
internal sealed record NetworkRoute(string ListenerArn, NetworkGroup[] Groups, bool Sticky)
{
    /// <summary>Null where nobody is there to take the flow: no group has a weight, or the chosen one no target. As in
    /// the cloud, no other group steps in.</summary>
    public NetworkChoice? Choose(Flow flow, SourceMemory memory) =>
        ChooseGroup(flow, memory) is { } group && group.Choose(flow, memory) is { } target
            ? new NetworkChoice(group, target)
            : null;

    private NetworkGroup? ChooseGroup(Flow flow, SourceMemory memory)
    {
        if (Sticky && memory.Find(ListenerArn, flow.Source.Address) is { } arn
            && Array.Find(Groups, group => group.Arn == arn && group.Weight > 0) is { } known)
        {
            return known;
        }

        var total = Groups.Sum(group => group.Weight);
        if (total is 0)
        {
            return null;
        }

        var draw = (int)((Sticky ? flow.SourceHash() : flow.Hash()) % (ulong)total);
        var chosen = Groups.First(group => (draw -= group.Weight) < 0);
        if (Sticky)
        {
            memory.Keep(ListenerArn, flow.Source.Address, chosen.Arn);
        }

        return chosen;
    }
}

/// <summary>The target that a flow was given.</summary>
internal sealed record NetworkChoice(NetworkGroup From, LiveTarget Target)
{
    public GroupSettings Settings => From.Group.Settings;

    /// <summary>Where the target is dialled; null for one that the built-in echo stands for.</summary>
    public IPEndPoint? Address => (Target.Backend as Backend.Dial)?.EndPoint;
}
