using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Testing.Specs;

/// <summary>Specs without YAML: objects of one test in a line each, with the reader's defaults. Every place is in
/// <c>specs.yaml</c>, column 1, at the line given.</summary>
public static class Make
{
    public const string File = "specs.yaml";

    public static SourceSpan At(int line) => new(File, line, 1);

    public static Located<T> Value<T>(T value, int line = 1) => new(value, At(line));

    /// <summary>From <c>namespace/name</c>, or a name in no namespace.</summary>
    public static ObjectName Name(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new ObjectName("", text) : new ObjectName(text[..slash], text[(slash + 1)..]);
    }

    public static ObjectMeta Meta(string name, int line = 1, int? age = null, params string[] labels) => new()
    {
        Name = Name(name),
        Span = At(line),
        Labels = Labels(labels),
        CreatedAt = age is { } days ? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-days) : null,
    };

    /// <summary>From texts like <c>name=value</c>.</summary>
    public static EquatableList<Label> Labels(params string[] texts) =>
        [.. texts.Select(text => text.Split('=', 2)).Select(parts => new Label(parts[0], parts[1], At(1)))];

    /// <summary>All objects in the lists that they belong to, each sorted by name.</summary>
    public static SpecSet Set(params IEnumerable<SpecObject> objects)
    {
        var all = objects.ToList();
        return new SpecSet
        {
            GatewayClasses = Sorted<GatewayClassSpec>(all),
            Gateways = Sorted<GatewaySpec>(all),
            Routes = [.. all.OfType<RouteSpec>().OrderBy(route => route.Kind).ThenBy(route => route.Name)],
            ListenerSets = Sorted<ListenerSetSpec>(all),
            BackendTlsPolicies = Sorted<BackendTlsPolicySpec>(all),
            ReferenceGrants = Sorted<ReferenceGrantSpec>(all),
            Services = Sorted<ServiceSpec>(all),
            EndpointSlices = Sorted<EndpointSliceSpec>(all),
            Namespaces = Sorted<NamespaceSpec>(all),
            Secrets = Sorted<SecretSpec>(all),
            ConfigMaps = Sorted<ConfigMapSpec>(all),
            ProviderConfigs = Sorted<ProviderConfigSpec>(all),
            BackendPolicies = Sorted<BackendPolicySpec>(all),
            RouteTests = Sorted<RouteTestSpec>(all),
            Ingresses = Sorted<IngressSpec>(all),
            DnsPolicies = Sorted<DnsPolicySpec>(all),
            Cutovers = Sorted<CutoverSpec>(all),
        };
    }

    public static SpecReference Ref(string kind, string name, int line = 1, string group = "")
    {
        var parsed = Name(name);
        return new SpecReference(group, kind, parsed.Namespace is "" ? null : parsed.Namespace, parsed.Name, At(line));
    }

    public static NamespaceSpec Namespace(string name, params string[] labels) =>
        new() { Meta = Meta(name, labels: labels) };

    /// <summary>Lets <paramref name="fromKind"/>s of a namespace refer to a kind in the grant's own
    /// namespace.</summary>
    public static ReferenceGrantSpec Grant(
        string name,
        string fromNamespace,
        string toKind = "Service",
        string? toName = null,
        string fromKind = "HTTPRoute") =>
        new()
        {
            Meta = Meta(name),
            From = [new GrantFromSpec(ApiGroups.Gateway, fromKind, fromNamespace)],
            To = [new GrantToSpec("", toKind, toName)],
        };

    private static EquatableList<T> Sorted<T>(List<SpecObject> objects)
        where T : SpecObject => [.. objects.OfType<T>().OrderBy(item => item.Name)];
}
