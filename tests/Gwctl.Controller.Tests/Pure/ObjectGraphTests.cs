using Gwctl.Controller.Watching;
using Gwctl.Core;
using Gwctl.Kubernetes.Objects;

namespace Gwctl.Controller.Tests.Pure;

public sealed class ObjectGraphTests
{
    private readonly List<(string Name, TouchReasons Reasons)> _touched = [];
    private readonly ClusterStore _store;

    public ObjectGraphTests() => _store = new ClusterStore(
        (id, reasons) => _touched.Add(($"{id}", reasons)), ["gwctl.dev/aws"]);

    [Theory]
    [InlineData("HTTPRoute/shop/store")]
    [InlineData("Service/shop/store")]
    [InlineData("ProviderConfig/cloud")]
    [InlineData("GatewayClass/cloud")]
    [InlineData("Namespace/shop")]
    public void A_change_touches_the_Gateway_that_it_matters_to_and_no_other(string changed)
    {
        Put(Specs.All(
            Specs.Base, Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store"),
            Specs.GatewayOf("lonely").Replace("namespace: shop", "namespace: other")
                .Replace("gatewayClassName: cloud", "gatewayClassName: x")));
        Change(changed);
        Assert.Contains(("Gateway/shop/web", TouchReasons.Specs), _touched);
        Assert.DoesNotContain(_touched, item => item.Name.StartsWith("Gateway/other", StringComparison.Ordinal));
    }

    [Fact]
    public void Endpoints_are_told_from_all_else()
    {
        Put(Specs.All(Specs.GatewayOf(), Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store")));
        _touched.Clear();
        Put(Specs.Slice("store", "10.0.1.11"));
        Assert.Equal([("Gateway/shop/web", TouchReasons.Endpoints)], _touched);
    }

    [Fact]
    public void A_route_that_moves_touches_both_its_Gateways()
    {
        Put(Specs.All(Specs.GatewayOf(), Specs.GatewayOf("other"), Specs.Route("store", "/", "store")));
        _touched.Clear();
        Put(Specs.Route("store", "/", "store", gateway: "other"));
        Assert.Equal(["Gateway/shop/other", "Gateway/shop/web"], _touched.Select(item => item.Name).Order());
    }

    [Fact]
    public void What_appears_touches_those_who_named_it_before()
    {
        Put(Specs.All(Specs.GatewayOf(), Specs.Route("store", "/", "store")));
        _touched.Clear();
        Put(Specs.Backend("store", "10.0.1.10"));
        Assert.Contains("Gateway/shop/web", _touched.Select(item => item.Name));
    }

    [Fact]
    public void What_says_the_same_again_touches_nobody()
    {
        Put(Specs.All(Specs.GatewayOf(), Specs.Route("store", "/", "store")));
        _touched.Clear();
        Put(Specs.Route("store", "/", "store"));
        Assert.Empty(_touched);
    }

    [Fact]
    public void A_slice_holds_all_that_its_Gateway_is_made_of_and_nothing_of_others()
    {
        Put(Specs.All(
            Specs.Base, Specs.GatewayOf(), Specs.GatewayOf("other"),
            Specs.Backend("store", "10.0.1.10"), Specs.Route("store", "/", "store"),
            Specs.Backend("far", "10.0.1.20"), Specs.Route("far", "/", "far", gateway: "other")));
        var slice = _store.Slice(ClusterStore.GatewayId(new ObjectName("shop", "web")));
        Assert.Equal(
            [
                "EndpointSlice/shop/store-1", "Gateway/shop/web", "GatewayClass/cloud", "HTTPRoute/shop/store",
                "Namespace/shop", "ProviderConfig/cloud", "Service/shop/store",
            ],
            slice.Objects.Select(item => $"{item.Id}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_Secret_is_needed_while_something_refers_to_it()
    {
        var needed = new List<string>();
        _store.ReferenceChanged = (id, isNeeded) => needed.Add($"{id} {isNeeded}");
        var tls = Specs.GatewayOf() + Specs.SecureListener;
        Put(tls);
        Put(tls);
        Put(Specs.GatewayOf());
        Assert.Equal(["Secret/shop/cert True", "Secret/shop/cert False"], needed);
    }

    private int _version;

    private void Put(string yaml)
    {
        foreach (var body in Specs.Parse(yaml))
        {
            var meta = Assert.IsType<System.Text.Json.Nodes.JsonObject>(body["metadata"]);
            meta["resourceVersion"] = $"{++_version}";
            _store.Put(ObjectDecoder.Decode(Specs.ResourceOf(body), new KubeObject(body), keepsStatus: true));
        }
    }

    private void Change(string id)
    {
        var parts = id.Split('/', 2);
        var found = _store.OfKind(Specs.ResourceOf(parts[0]).Group, parts[0]).Single(item => $"{item.Id}" == id);
        _touched.Clear();
        _store.Put(found with { ResourceVersion = $"{++_version}", Digest = "other" });
    }
}
