using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Aws.Settling;

/// <summary>Two names may be discovered in one certificate: a listener takes it once.</summary>
internal static class CertificateSettling
{
    public static List<ResourceNode> DropRepeated(List<ResourceNode> nodes)
    {
        if (!nodes.Exists(node => node.Address.Kind is Kinds.ListenerCertificate))
        {
            return nodes;
        }

        var used = new HashSet<(ResourceAddress Listener, AttributeValue Certificate)>();
        foreach (var listener in nodes.Where(node => node.Address.Kind is Kinds.Listener))
        {
            if (listener.Attributes["certificate"] is { } certificate)
            {
                used.Add((listener.Address, certificate));
            }
        }

        return nodes.FindAll(node => node.Address.Kind is not Kinds.ListenerCertificate
            || node.Attributes["listener"] is not AttributeValue.Reference(var listener, _)
            || node.Attributes["certificate"] is not { } certificate
            || used.Add((listener, certificate)));
    }
}
