namespace Gwctl.Trials.Tests.Random;

/// <summary>What random specs choose from: plain values that often meet, and odd ones.</summary>
internal static class Pools
{
    public static readonly string[] ListenerHosts =
        ["", "*.example.com", "*.a.example.com", "x.a.example.com", "shop.test", "*.test", "a-b.example.com"];

    public static readonly string[] RouteHosts =
        ["example.com", "b.example.com", "a.example.com", "x.a.example.com", "y.a.example.com", "*.example.com",
            "*.a.example.com", "shop.test", "other.test", "*.x.a.example.com", "xn--bcher-kva.test"];

    public static readonly string[] Paths =
        ["/", "/a", "/a/", "/a/b", "/ab", "/a/b/c", "/b", "/A", "/b/a", "/a/b/"];

    /// <summary>All that the API server takes in a path: RFC 3986's characters of a path, and encoded ones.</summary>
    public static readonly string[] OddPaths =
        ["/a*", "/a/*", "/a.b", "/c(1)", "/a!b", "/a+b", "/a;v=1", "/a,b", "/x:y@z", "/$1", "/a&b", "/it's", "/~u",
            "/a%20b", "/a%2Fb", "/a%2fb", "/%C3%BC", "/a%2Ab", "/%5B", "/a=b", "/$host", "/_-.~",
            "/" + new string('l', 126), "/" + new string('m', 127), "/" + new string('n', 128),
            "/" + new string('p', 400), "/a(b", "/a)b", "/(", "/.well-known/x"];

    public static readonly string[] PathPatterns =
        ["/a|/b", "/[ab]/.*", "/a.*", "/.+/c", "/v[0-9]+", "/(foo|bar)(/.*)?", "/a{2,3}", @"/\d+", "/(?i)x",
            "/(?:a|b)", "^/a$", "/a(?=b)", "/[^/]+/x", @"/\w+\.html", ".*", "/a?b+", "a", @"/x\*y", "/(a)(b)\\1",
            "/[[:alpha:]]+", "/a$|/b/.*", "/é", "/a\\/b", "(/a)*", "/(?P<name>a)", "/[a-", "/a b"];

    public static readonly string[] Methods =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "GET", "POST"];

    public static readonly string[] HeaderNames =
        ["x-one", "X-Two", "x-three", "cookie", "user-agent", "x_under", "x-a-name-of-more-than-forty-characters-odd"];

    public static readonly string[] Values = ["1", "2", "10", "beta", "Beta", "1.0"];

    public static readonly string[] OddHeaderValues =
        ["3*", "4?", "*", "a\\b", "x y", "a,b", "a;q=1", "[1]", "ü", "(a|b)", "$x", "^a", "\"q\"",
            new string('h', 128), new string('i', 129), new string('*', 100), "{1}", "1+1"];

    public static readonly string[] ValuePatterns =
        ["[12]", "3.*", "^beta$", "a|b", ".+", "(?i)beta", @"\d{2}", "x(?!y)", "v[0-9]*\\.x", "1|", "[^a]+"];

    public static readonly string[] QueryNames = ["q", "Q", "id", "1", "q*", "a%20", "x.y", "p+1", "q|r"];

    public static readonly string[] OddQueryValues =
        ["3*", "4?", "a b", "a%20b", "a+b", "a&b", "a=b", "ü", "a\\b", "a/b", new string('v', 128),
            new string('w', 129), new string('*', 70), "#", "*"];

    public static readonly string[] Replacements =
        ["", "/", "/new", "/new/", "/v2/a", "/x/y", "/a", "/$1", "/#{path}", "/a%20b", "/n\\1", "/q=1", "/new//x"];

    public static readonly string[] NewHosts = ["in.example.com", "to.test", "localhost", "x.a.example.com"];

    public static readonly string[] GrpcServices = ["shop.Cart", "shop.v1.Orders", "Echo", "shop.Cart2"];

    public static readonly string[] GrpcMethods = ["Get", "Put", "List", "Ge"];
}
