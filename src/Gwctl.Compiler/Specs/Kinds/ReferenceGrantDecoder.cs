using Gwctl.Compiler.Specs.Decoding;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes ReferenceGrant.</summary>
internal static class ReferenceGrantDecoder
{
    private const int EntriesMax = 16;

    public static ReferenceGrantSpec? Decode(ObjectContext context) =>
        context.Reader.RequiredSection("spec", reader => new ReferenceGrantSpec
        {
            Meta = context.Meta,
            From = reader.List("from", DecodeFrom, 1, EntriesMax),
            To = reader.List("to", DecodeTo, 1, EntriesMax),
        });

    private static GrantFromSpec DecodeFrom(NodeReader reader) => new(
        reader.RequiredGroup(),
        reader.RequiredText("kind", Forms.Kind).Value,
        reader.RequiredText("namespace", Forms.Label).Value);

    private static GrantToSpec DecodeTo(NodeReader reader) => new(
        reader.RequiredGroup(),
        reader.RequiredText("kind", Forms.Kind).Value,
        reader.Text("name", Forms.ObjectName)?.Value);
}
