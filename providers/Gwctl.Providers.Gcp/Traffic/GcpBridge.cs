using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Traffic;

/// <summary>Warms up new backend services: Google checks the health of a service's endpoints only while a URL map or
/// proxy names it.</summary>
public static class GcpBridge
{
    /// <summary>A host that no client asks for: the domain invalid is reserved (RFC 6761).</summary>
    public const string Host = "gwctl-warm-up.invalid";

    private const string Matcher = "gwctl-warm-up";

    /// <summary>The URL map as it is, with a host of its own for the services that it will send requests to; a map that
    /// an earlier run left so is its own bridge. Null for other kinds, and where no service is new. The health of a TCP
    /// or SSL proxy's new service is not known before it is used.</summary>
    /// <param name="before">Live attributes, ids as text.</param>
    /// <param name="after">Ids of what lives as text; a reference is an object yet to be made.</param>
    public static AttributeMap? Bridge(ResourceAddress address, AttributeMap before, AttributeMap after)
    {
        if (address.Kind is not Kinds.UrlMap)
        {
            return null;
        }

        var plain = WithoutWarmUp(before);
        var known = ServicesOf(plain).ToHashSet();
        var starting = ServicesOf(after).Where(service => !known.Contains(service) && !IsNowhere(service))
            .Distinct().ToList();
        if (starting.Count is 0)
        {
            return null;
        }

        var weighted = starting.Select(service => Shape.Map(
            Shape.Field("backendService", service), Shape.Number("weight", 1)));
        var rule = Shape.Map(
            Shape.Field("hosts", Shape.Texts([Host])), Shape.Text("pathMatcher", Matcher));
        var matcher = Shape.Map(
            Shape.Text("name", Matcher),
            Shape.Field("defaultRouteAction", Shape.Map(
                Shape.Field("weightedBackendServices", new AttributeValue.List([.. weighted])))));
        return Appended(Appended(plain, "hostRules", rule), "pathMatchers", matcher);
    }

    /// <summary>True for the matcher that <see cref="Bridge"/> adds, and for its host rule.</summary>
    internal static bool IsWarmUp(AttributeValue item) => item is AttributeValue.Map(var fields)
        && (fields["name"] ?? fields["pathMatcher"]) is AttributeValue.Text(Matcher);

    private static AttributeMap WithoutWarmUp(AttributeMap map)
    {
        foreach (var name in new[] { "hostRules", "pathMatchers" })
        {
            if (map[name] is AttributeValue.List(var items) && items.Any(IsWarmUp))
            {
                map = map.With(name, new AttributeValue.List([.. items.Where(item => !IsWarmUp(item))]));
            }
        }

        return map;
    }

    private static AttributeMap Appended(AttributeMap map, string name, AttributeValue item) => map.With(
        name, new AttributeValue.List([.. (map[name] as AttributeValue.List)?.Items ?? [], item]));

    private static List<AttributeValue> ServicesOf(AttributeMap map)
    {
        var services = new List<AttributeValue>();
        Add(new AttributeValue.Map(map.Without("tests")));
        return services;

        void Add(AttributeValue value) => AttributeWalk.Visit(value, item =>
        {
            if (item is AttributeValue.Map(var fields))
            {
                services.AddRange(new[] { fields["service"], fields["backendService"], fields["defaultService"] }
                    .OfType<AttributeValue>());
            }
        });
    }

    private static bool IsNowhere(AttributeValue service) =>
        service is AttributeValue.Reference { Source.Key: Kinds.NoBackendKey };
}
