using System.Net;
using Gwctl.Sandbox.DataPlane.Rules;
using Gwctl.Sandbox.Values;
using Microsoft.AspNetCore.Http;

namespace Gwctl.Sandbox.Tests.DataPlane;

/// <summary>Conditions as the documentation has them, against the evaluator alone.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("*.example.com", "test.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.EXAMPLE.com", "Test.Example.COM", true)]
    [InlineData("shop.example.com", "shop.example.com:8443", true)]
    [InlineData("shop?.example.com", "shop1.example.com", true)]
    [InlineData("shop?.example.com", "shop.example.com", false)]
    public void Host(string pattern, string host, bool holds) =>
        Check(One("host-header", "HostHeaderConfig", "Values", pattern), MakeRequest(host: host), holds);

    [Theory]
    [InlineData(@"^(www|shop)\.example\.com$", "SHOP.example.com", true)]
    [InlineData(@"^(www|shop)\.example\.com$", "blog.example.com", false)]
    [InlineData("example", "an.example.com", true)]
    public void Host_by_expression(string regex, string host, bool holds) =>
        Check(One("host-header", "HostHeaderConfig", "RegexValues", regex), MakeRequest(host: host), holds);

    [Theory]
    [InlineData("/img/*", "/img/picture.jpg", true)]
    [InlineData("/img/*", "/img/", true)]
    [InlineData("/img/*", "/img", false)]
    [InlineData("/img/*", "/IMG/picture.jpg", false)]
    [InlineData("/img/*/small", "/img/a/b/small", true)]
    [InlineData("/img/*/small", "/img/a/b/smaller", false)]
    [InlineData("/a?c", "/abc", true)]
    [InlineData("/a?c", "/ac", false)]
    [InlineData("*", "/anything", true)]
    [InlineData("*/z*", "/x/y/z", true)]
    [InlineData("*a*b", "/ab/aab", true)]
    [InlineData("/exact", "/exact?with=query", true)]
    [InlineData("/exact*query", "/exact?with=query", false)]
    [InlineData("/a%20b", "/a%20b", true)]
    public void Path(string pattern, string target, bool holds) =>
        Check(One("path-pattern", "PathPatternConfig", "Values", pattern), MakeRequest(target: target), holds);

    [Theory]
    [InlineData("^/v[12](/.*)?$", "/v2/users", true)]
    [InlineData("^/v[12](/.*)?$", "/v2", true)]
    [InlineData("^/v[12](/.*)?$", "/v20", false)]
    [InlineData("^/v[12](/.*)?$", "/V2", false)]
    public void Path_by_expression(string regex, string target, bool holds) =>
        Check(One("path-pattern", "PathPatternConfig", "RegexValues", regex), MakeRequest(target: target), holds);

    [Theory]
    [InlineData("*Chrome*", "Mozilla Chrome/1", true)]
    [InlineData("*chrome*", "Mozilla CHROME/1", true)]
    [InlineData("*Safari*", "Mozilla Chrome/1", false)]
    [InlineData("Mozilla Chrome/?", "Mozilla Chrome/1", true)]
    public void Header(string pattern, string value, bool holds) =>
        Check(HeaderCondition("user-agent", pattern), MakeRequest(headers: ("User-Agent", [value])), holds);

    [Fact]
    public void One_of_a_headers_occurrences_is_enough_and_none_is_not()
    {
        var condition = HeaderCondition("X-Kind", "blue");
        Check(condition, MakeRequest(headers: ("x-kind", ["red", "Blue"])), true);
        Check(condition, MakeRequest(headers: ("x-kind", ["red", "green"])), false);
        Check(condition, MakeRequest(), false);
    }

    [Theory]
    [InlineData("version", "v1", "/?a=b&version=v1", true)]
    [InlineData("version", "v1", "/?VERSION=V1", true)]
    [InlineData("version", "v1", "/?version=v10", false)]
    [InlineData("version", "v*", "/?version=v10", true)]
    [InlineData("version", "*", "/?version", true)]
    [InlineData(null, "example", "/?anything=example", true)]
    [InlineData(null, "example", "/?example=anything", false)]
    [InlineData("a", @"\*", "/?a=*", true)]
    [InlineData("a", @"\*", "/?a=b", false)]
    [InlineData("a", @"b\?", "/?a=b?", true)]
    [InlineData("a", @"b\?", "/?a=bc", false)]
    [InlineData("a", @"x\y", @"/?a=x\y", true)]
    [InlineData("a", "b c", "/?a=b%20c", false)]
    [InlineData("a", "b", "/", false)]
    public void Query(string? key, string value, string target, bool holds)
    {
        var pair = new Struct { { "Key", key }, { "Value", value } };
        Check(
            Condition("query-string", "QueryStringConfig", new Struct { { "Values", ListValue.Of(pair) } }),
            MakeRequest(target: target), holds);
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("get", false)]
    [InlineData("GETS", false)]
    public void Method(string method, bool holds) => Check(
        One("http-request-method", "HttpRequestMethodConfig", "Values", "GET"), MakeRequest(method: method), holds);

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "192.0.3.7", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "192.0.2.7", false)]
    public void Source(string network, string address, bool holds) => Check(
        One("source-ip", "SourceIpConfig", "Values", network),
        MakeRequest(headers: ("X-Forwarded-For", ["192.0.2.7"])) with { Source = IPAddress.Parse(address) }, holds);

    [Fact]
    public void Values_are_alternatives_and_conditions_add_up()
    {
        var rule = new Struct
        {
            {
                "Conditions", ListValue.Of(
                    One("path-pattern", "PathPatternConfig", "Values", "/a", "/b"),
                    One("http-request-method", "HttpRequestMethodConfig", "Values", "GET", "HEAD"))
            },
        };
        var conditions = ConditionCompiler.Compile(rule);
        Assert.True(Holds("GET", "/a"));
        Assert.True(Holds("HEAD", "/b"));
        Assert.False(Holds("POST", "/a"));
        Assert.False(Holds("GET", "/c"));

        bool Holds(string method, string target)
        {
            var request = MakeRequest(method, target: target);
            return Array.TrueForAll(conditions, condition => condition.Holds(request));
        }
    }

    [Theory]
    [InlineData("/a/b?c=d", "/a/b", "c=d")]
    [InlineData("/a/b", "/a/b", "")]
    [InlineData("/a?", "/a", "")]
    [InlineData("http://x.example.com/a?b", "/a", "b")]
    [InlineData("http://x.example.com", "/", "")]
    [InlineData("*", "/", "")]
    public void Targets_are_split(string target, string path, string query) =>
        Assert.Equal((path, query), RequestFacts.Split(target));

    private static Struct One(string field, string config, string member, params string[] values) =>
        Condition(field, config, new Struct { { member, values } });

    private static Struct HeaderCondition(string name, string value) => Condition(
        "http-header", "HttpHeaderConfig", new Struct { { "HttpHeaderName", name }, { "Values", [value] } });

    private static Struct Condition(string field, string config, Struct content) =>
        new() { { "Field", field }, { config, content } };

    private static RequestFacts MakeRequest(
        string method = "GET", string host = "www.example.com", string target = "/",
        params (string Name, string[] Values)[] headers)
    {
        var (path, query) = RequestFacts.Split(target);
        var all = new HeaderDictionary();
        foreach (var (name, values) in headers)
        {
            all[name] = values;
        }

        return new RequestFacts(method, RequestFacts.WithoutPort(host), path, query, all, IPAddress.Loopback);
    }

    private static void Check(Struct condition, RequestFacts request, bool holds)
    {
        var rule = new Struct { { "Conditions", ListValue.Of(condition) } };
        Assert.Equal(holds, ConditionCompiler.Compile(rule).Single().Holds(request));
    }
}
