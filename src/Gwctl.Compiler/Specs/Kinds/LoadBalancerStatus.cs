using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Reads <c>status.loadBalancer.ingress[]</c>, which the cluster writes and nobody else: what is not of its
/// form
/// is passed over.</summary>
internal static class LoadBalancerStatus
{
    /// <returns>Addresses and names, in their order.</returns>
    public static EquatableList<string> Read(NodeReader reader, int countMax)
    {
        if (Field(Field(reader.Node("status"), "loadBalancer"), "ingress") is not SpecNode.Sequence entries)
        {
            return [];
        }

        return
        [
            .. entries.Items.Take(countMax)
                .Select(entry => Text(entry, "ip") ?? Text(entry, "hostname"))
                .OfType<string>(),
        ];
    }

    private static SpecNode? Field(SpecNode? node, string name) =>
        (node as SpecNode.Mapping)?.Fields.FirstOrDefault(field => field.Name == name)?.Value;

    private static string? Text(SpecNode node, string name) =>
        Field(node, name) is SpecNode.Scalar { Text: { Length: > 0 } text } ? text : null;
}

/// <summary>Decodes networking.k8s.io Ingress as far as a Cutover asks for it: the status. Its rules are passed
/// over.</summary>
internal static class IngressDecoder
{
    private const int AddressesMax = 64;

    public static IngressSpec Decode(ObjectContext context)
    {
        context.Reader.Ignore("spec");
        return new IngressSpec
        {
            Meta = context.Meta,
            LoadBalancerAddresses = LoadBalancerStatus.Read(context.Reader, AddressesMax),
        };
    }
}
