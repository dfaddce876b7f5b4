using Gwctl.Compiler.Specs.Decoding;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Kinds;

/// <summary>Decodes the filters of rules and backend references: a union whose type says which one field must be
/// given.</summary>
internal static class HttpFilterDecoder
{
    private const int HeadersMax = 16;
    private const int CorsEntriesMax = 64;
    private const int CorsMethodsMax = 9;

    private static readonly FilterForm[] All =
    [
        new("RequestHeaderModifier", "requestHeaderModifier", static reader =>
            new HttpFilterSpec.RequestHeaderModifier(DecodeEdit(reader), reader.Span)),
        new("ResponseHeaderModifier", "responseHeaderModifier", static reader =>
            new HttpFilterSpec.ResponseHeaderModifier(DecodeEdit(reader), reader.Span)),
        new("RequestMirror", "requestMirror", DecodeMirror),
        new("RequestRedirect", "requestRedirect", DecodeRedirect),
        new("URLRewrite", "urlRewrite", static reader => new HttpFilterSpec.UrlRewrite(
            reader.Text("hostname", Forms.PreciseHostname), reader.Section("path", DecodePath), reader.Span)),
        new("CORS", "cors", DecodeCors),
        new("ExtensionRef", "extensionRef", static reader =>
            new HttpFilterSpec.ExtensionRef(References.DecodeLocal(reader), reader.Span)),
        new("ExternalAuth", "externalAuth", DecodeExternalAuth),
    ];

    private static readonly FilterSet ForHttp = new(All);

    private static readonly FilterSet ForGrpc = new(
    [
        .. All.Where(form => form.Type is
            "RequestHeaderModifier" or "ResponseHeaderModifier" or "RequestMirror" or "ExtensionRef"),
    ]);

    public static HttpFilterSpec? Decode(NodeReader reader) => Decode(reader, ForHttp);

    public static HttpFilterSpec? DecodeForGrpc(NodeReader reader) => Decode(reader, ForGrpc);

    private static HttpFilterSpec? Decode(NodeReader reader, FilterSet set)
    {
        if (reader.ChoiceOrMissing("type", set.Types) is not { } type)
        {
            reader.Ignore(set.Fields);
            return null;
        }

        HttpFilterSpec? decoded = null;
        foreach (var form in set.Forms)
        {
            if (form.Type == type.Value)
            {
                decoded = reader.RequiredSection(form.Field, form.Decode);
                continue;
            }

            if (reader.Has(form.Field))
            {
                reader.Problems.Add(RouteDiagnostics.FilterFieldOfOtherType(
                    reader.PlaceOf(form.Field), reader.PathOf(form.Field), type.Value, form.Type));
            }

            reader.Ignore(form.Field);
        }

        return decoded;
    }

    /// <summary>One type of filter, and the field that it needs.</summary>
    private sealed record FilterForm(string Type, string Field, Func<NodeReader, HttpFilterSpec> Decode);

    /// <summary>The filters that a kind of route may have.</summary>
    private sealed class FilterSet(FilterForm[] forms)
    {
        public FilterForm[] Forms { get; } = forms;

        public string[] Types { get; } = [.. forms.Select(form => form.Type)];

        public string[] Fields { get; } = [.. forms.Select(form => form.Field)];
    }

    private static HeaderEditSpec DecodeEdit(NodeReader reader) => new(
        reader.List("set", DecodeHeader, 0, HeadersMax),
        reader.List("add", DecodeHeader, 0, HeadersMax),
        [.. reader.Texts("remove", null, 0, HeadersMax).Select(name => name.Value)]);

    private static HeaderValueSpec DecodeHeader(NodeReader reader) => new(
        reader.RequiredText("name", Forms.HeaderName).Value,
        reader.RequiredText("value", Forms.HeaderValue).Value,
        reader.Span);

    private static HttpFilterSpec.RequestMirror DecodeMirror(NodeReader reader)
    {
        var backend = reader.RequiredSection("backendRef", RouteParts.DecodeTarget);
        var percent = reader.Int("percent", 0, 100);
        var fraction = reader.Section("fraction", DecodeFraction);
        if (percent is not null && fraction is not null)
        {
            reader.Problems.Add(
                RouteDiagnostics.MirrorShareTwice(reader.PlaceOf("fraction"), reader.PathOf("fraction")));
        }

        var share = percent is { } given ? new MirrorShareSpec(given.Value, 100) : new MirrorShareSpec(1, 1);
        return new HttpFilterSpec.RequestMirror(
            backend?.Target ?? Nothing(reader),
            backend?.Port,
            fraction?.Share ?? share,
            reader.Span);
    }

    /// <summary>Stands where a reference is missing, which was told.</summary>
    private static SpecReference Nothing(NodeReader reader) => new(ApiGroups.Core, "Service", null, "", reader.Span);

    private sealed record Fraction(MirrorShareSpec Share);

    private static Fraction DecodeFraction(NodeReader reader)
    {
        var numerator = reader.RequiredInt("numerator", 0);
        var denominator = reader.Int("denominator", 1)?.Value ?? 100;
        if (numerator.Value > denominator)
        {
            reader.Problems.Add(FieldDiagnostics.OutOfBounds(
                numerator.Span, reader.PathOf("numerator"), numerator.Value, 0, denominator));
        }

        return new Fraction(new MirrorShareSpec(numerator.Value, denominator));
    }

    private static HttpFilterSpec.RequestRedirect DecodeRedirect(NodeReader reader) => new(reader.Span)
    {
        Scheme = reader.Choice("scheme", "http", "https"),
        Hostname = reader.Text("hostname", Forms.PreciseHostname),
        Path = reader.Section("path", DecodePath),
        Port = reader.Int("port", 1, 65_535),
        StatusCode = StatusCodeOf(reader),
    };

    private static Located<int> StatusCodeOf(NodeReader reader)
    {
        if (reader.Int("statusCode") is not { } code)
        {
            return new Located<int>(302, reader.Span);
        }

        if (code.Value is not (301 or 302 or 303 or 307 or 308))
        {
            reader.Problems.Add(FieldDiagnostics.NotAllowed(
                code.Span, reader.PathOf("statusCode"), code.ToString(), "301, 302, 303, 307, 308", null));
        }

        return code;
    }

    /// <summary>A union as well: the type says which of the two replacements must be given, and the other must
    /// not.</summary>
    private static PathRewriteSpec? DecodePath(NodeReader reader)
    {
        if (reader.ChoiceOrMissing("type", "ReplaceFullPath", "ReplacePrefixMatch") is not { } type)
        {
            reader.Ignore("replaceFullPath", "replacePrefixMatch");
            return null;
        }

        var replacesPrefix = type.Value is "ReplacePrefixMatch";
        var (wanted, other) = replacesPrefix
            ? ("replacePrefixMatch", "replaceFullPath")
            : ("replaceFullPath", "replacePrefixMatch");
        if (reader.Has(other))
        {
            reader.Problems.Add(RouteDiagnostics.RewriteFieldOfOtherType(
                reader.PlaceOf(other), reader.PathOf(other), type.Value));
        }

        reader.Ignore(other);
        var value = reader.RequiredText(wanted, Forms.PathValue);
        return new PathRewriteSpec(replacesPrefix, value.Value, value.Span);
    }

    private static HttpFilterSpec.Cors DecodeCors(NodeReader reader)
    {
        var methods = reader.Texts("allowMethods", null, 0, CorsMethodsMax);
        foreach (var method in methods)
        {
            CheckMethod(reader, method);
        }

        return new HttpFilterSpec.Cors(reader.Span)
        {
            AllowOrigins = Wildcarded(reader, "allowOrigins", Forms.CorsOrigin),
            AllowCredentials = reader.Bool("allowCredentials")?.Value ?? false,
            AllowMethods = AloneOrNone(reader, "allowMethods", methods),
            AllowHeaders = Wildcarded(reader, "allowHeaders", Forms.HeaderName),
            ExposeHeaders =
            [
                .. reader.Texts("exposeHeaders", Forms.HeaderName, 0, CorsEntriesMax).Select(name => name.Value),
            ],
            MaxAgeSeconds = reader.Int("maxAge", 1)?.Value ?? 5,
        };
    }

    private static void CheckMethod(NodeReader reader, Located<string> method)
    {
        if (method.Value is not (
            "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH" or "*"))
        {
            reader.Problems.Add(FieldDiagnostics.NotAllowed(
                method.Span, reader.PathOf("allowMethods"), method.Value,
                "GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, *", null));
        }
    }

    private static EquatableList<string> Wildcarded(NodeReader reader, string name, TextRule rule) =>
        AloneOrNone(reader, name, reader.Texts(name, rule, 0, CorsEntriesMax));

    private static EquatableList<string> AloneOrNone(
        NodeReader reader, string name, EquatableList<Located<string>> texts)
    {
        if (texts.Count > 1 && texts.FirstOrDefault(text => text.Value is "*") is { Value: "*" } star)
        {
            reader.Problems.Add(RouteDiagnostics.CorsStarNotAlone(star.Span, reader.PathOf(name)));
        }

        return [.. texts.Select(text => text.Value)];
    }

    private static HttpFilterSpec.ExternalAuth DecodeExternalAuth(NodeReader reader)
    {
        var protocol = reader.ChoiceOrMissing("protocol", "HTTP", "GRPC")?.Value;
        var backend = reader.RequiredSection("backendRef", RouteParts.DecodeTarget);
        DecodeAuthProtocol(reader, protocol, "HTTP", "http");
        DecodeAuthProtocol(reader, protocol, "GRPC", "grpc");
        reader.Section("forwardBody", static body => new Forwarded(body.Int("maxSize", 0, ushort.MaxValue)?.Value));
        return new HttpFilterSpec.ExternalAuth(backend?.Target ?? Nothing(reader), backend?.Port, reader.Span);
    }

    private sealed record Forwarded(int? SizeMax);

    private sealed record AuthHeaders(EquatableList<Located<string>> Names);

    /// <summary>A union as well: the protocol says which section must be given, and the other must not.</summary>
    private static void DecodeAuthProtocol(NodeReader reader, string? protocol, string owner, string field)
    {
        if (protocol == owner)
        {
            reader.RequiredSection<AuthHeaders>(field, owner is "HTTP" ? DecodeHttpAuth : DecodeAuthHeaders);
            return;
        }

        if (protocol is not null && reader.Has(field))
        {
            reader.Problems.Add(RouteDiagnostics.AuthFieldOfOtherProtocol(
                reader.PlaceOf(field), reader.PathOf(field), protocol, owner));
        }

        reader.Ignore(field);
    }

    private static AuthHeaders DecodeHttpAuth(NodeReader reader)
    {
        reader.Text("path", Forms.PathValue);
        reader.Texts("allowedResponseHeaders", Forms.HeaderName, 0, CorsEntriesMax);
        return DecodeAuthHeaders(reader);
    }

    private static AuthHeaders DecodeAuthHeaders(NodeReader reader) =>
        new(reader.Texts("allowedHeaders", Forms.HeaderName, 0, CorsEntriesMax));
}
