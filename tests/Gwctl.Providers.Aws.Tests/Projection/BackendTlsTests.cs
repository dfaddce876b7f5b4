using Gwctl.Compiler.Routing;
using Gwctl.Compiler.Specs;
using Gwctl.Compiler.Topology;
using Gwctl.Core;
using Gwctl.Testing.Specs;
using static Gwctl.Providers.Aws.Tests.Projection.MakeRouting;

namespace Gwctl.Providers.Aws.Tests.Projection;

public sealed class BackendTlsTests
{
    [Fact]
    public void A_policy_that_would_not_be_honoured_is_refused()
    {
        var projected = Project(Gateway(Http(80, Rule(RouteKind.Http, "h", "/", "shop/a:80"))).With(Backend(
            "shop/a:80", tls: Tls())));

        var error = Assert.Single(projected.Diagnostics);
        Assert.Equal(("GW3190", "HTTPRoute/shop/h", Severity.Error), (error.Code, error.Object, error.Severity));
        Assert.Contains("statusCode: 500", Assert.Single(projected.RuleTexts()));
        Assert.Empty(projected.Of(Kinds.TargetGroup));
    }

    [Fact]
    public void Encryption_alone_will_do_where_the_policy_says_so()
    {
        var allowed = Tls("gwctl.dev/allow-unverified=true");
        var projected = Project(Gateway(
            Http(80, Rule(RouteKind.Http, "h", "/", "shop/a:80")),
            MakeRouting.Tls(443, "x.example.com", Stream(RouteKind.Tls, "t", "", "shop/a:80")))
            .With(Backend("shop/a:80", tls: allowed)));

        Assert.Equal(["GW3191"], projected.Codes.Where(code => code is not "GW3184"));
        Assert.Equal(
            ["HTTPS", "TLS"],
            projected.Of(Kinds.TargetGroup).Select(node => Projected.Text(node.Attributes["protocol"])));
    }

    [Fact]
    public void A_tcp_listener_encrypts_nothing() =>
        Assert.Equal(["GW3192"], Project(Gateway(Tcp(1, Stream(RouteKind.Tcp, "t", "", "shop/a:80"))).With(Backend(
            "shop/a:80", tls: Tls("gwctl.dev/allow-unverified=true")))).Codes);

    [Fact]
    public void What_passes_through_is_the_backends_own() =>
        Assert.Empty(Project(Gateway(Passthrough(1, "", Stream(RouteKind.Tls, "t", "", "shop/a:80"))).With(Backend(
            "shop/a:80", tls: Tls()))).Codes);

    [Fact]
    public void A_client_certificate_for_backends_is_refused() =>
        Assert.Equal(["GW3193"], Project(Gateway(Http(80)) with
        {
            BackendClientCertificate = new ListenerCertificate(
                Make.Name("shop/s"), new SecretText("chain"), new SecretText("key"), Make.At(1)),
        }).Codes);

    private static BackendTls Tls(params string[] options) =>
        new(Make.Name("shop/p"), "a.example.com", [], [], Make.Labels(options), Make.At(1));
}
