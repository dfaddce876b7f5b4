using System.Text;
using YamlDotNet.RepresentationModel;

namespace Gwctl.Kubernetes.Config;

/// <summary>Looks into a YAML mapping; what is not there is null.</summary>
internal sealed class YamlFields(YamlMappingNode node)
{
    private static readonly YamlFields s_none = new(new YamlMappingNode());

    /// <summary>Of a kubeconfig's root.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">It is not YAML.</exception>
    public static YamlFields Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] ? new YamlFields(root) : s_none;
    }

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name) =>
        Find(name) is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    public bool IsTrue(string name) => Text(name) is "true" or "True" or "TRUE";

    public YamlFields Section(string name) =>
        Find(name) is YamlMappingNode section ? new YamlFields(section) : s_none;

    public IEnumerable<YamlFields> Sections(string name) =>
        Find(name) is YamlSequenceNode list ? list.OfType<YamlMappingNode>().Select(item => new YamlFields(item)) : [];

    public IEnumerable<string> Texts(string name) =>
        Find(name) is YamlSequenceNode list ? list.OfType<YamlScalarNode>().Select(item => item.Value ?? "") : [];

    /// <summary>Base64 of UTF-8 text.</summary>
    /// <exception cref="FormatException">It is not Base64.</exception>
    public string? Decoded(string name) =>
        Text(name) is { } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;

    private YamlNode? Find(string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null;
}
