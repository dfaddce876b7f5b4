using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>References to objects, as the Gateway API writes them.</summary>
internal static class References
{
    /// <summary>group, kind, name and namespace, the first two with a default.</summary>
    public static SpecReference Decode(NodeReader reader, string group, string kind) => new(
        reader.Text("group", Forms.Group)?.Value ?? group,
        reader.Text("kind", Forms.Kind)?.Value ?? kind,
        reader.Text("namespace", Forms.Label)?.Value,
        reader.RequiredText("name", Forms.ObjectName).Value,
        reader.Span);

    /// <summary>group, kind and name, all required; the namespace is the referrer's.</summary>
    public static SpecReference DecodeLocal(NodeReader reader) => new(
        reader.RequiredGroup(),
        reader.RequiredText("kind", Forms.Kind).Value,
        null,
        reader.RequiredText("name", Forms.ObjectName).Value,
        reader.Span);

    /// <summary>group, kind and name required, namespace optional: a GatewayClass's parametersRef.</summary>
    public static SpecReference DecodeParameters(NodeReader reader) =>
        DecodeLocal(reader) with { Namespace = reader.Text("namespace", Forms.Label)?.Value };

    /// <summary>A group must be given, but may be empty.</summary>
    public static string RequiredGroup(this NodeReader reader) => reader.RequiredText("group", Forms.Group).Value;
}
