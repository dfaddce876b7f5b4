using Gwctl.Core;

namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>How a service writes requests and answers: the protocols <c>query</c>, <c>ec2</c>, and so on.</summary>
internal abstract record WireProtocol
{
    private WireProtocol()
    {
    }

    public abstract WireCall Encode(string operation, IWireShape request);

    /// <returns>The node whose children are the members of the output shape.</returns>
    /// <exception cref="WireFormatException">The body is not what the protocol says.</exception>
    public abstract WireNode Decode(string operation, byte[] body);

    /// <summary>Reads an error body; never fails, because a proxy may have written it.</summary>
    public AwsError DecodeError(int statusCode, HttpResponseMessage answer, byte[] body)
    {
        var fallback = new AwsError($"Http{statusCode}", $"The service answered HTTP {statusCode}.", statusCode);
        AwsError error;
        try
        {
            error = ReadError(fallback, answer, body);
        }
        catch (WireFormatException)
        {
            error = fallback;
        }

        return error with
        {
            Code = AwsErrorCodes.Normalise(error.Code),
            RequestId = error.RequestId ?? RequestIdOf(answer),
            Messages = error.Messages.Count > 0 ? error.Messages : [error.Message],
            ServiceTime = answer.Headers.Date,
        };
    }

    public static string? RequestIdOf(HttpResponseMessage answer) =>
        Header(answer, "x-amzn-RequestId") ?? Header(answer, "x-amz-request-id");

    protected abstract AwsError ReadError(AwsError fallback, HttpResponseMessage answer, byte[] body);

    protected static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>
    /// The XML envelopes: <c>ErrorResponse/Error</c>, EC2's <c>Response/Errors/Error</c>, and Route 53's batch
    /// failure, whose root is the code itself and which has one message per refused change.
    /// </summary>
    private static AwsError XmlError(AwsError fallback, byte[] body)
    {
        var root = WireParser.Xml(body);
        var requestId = root.TextOrNull("RequestId") ?? root.TextOrNull("RequestID");
        var error = root.Find("Error") ?? root.Find("Errors")?.Find("Error");
        if (error is not null)
        {
            return fallback with
            {
                Code = error.TextOrNull("Code") ?? fallback.Code,
                Message = error.TextOrNull("Message") ?? fallback.Message,
                RequestId = requestId,
            };
        }

        var messages = root.Texts("Messages");
        if (messages.Count == 0)
        {
            return fallback with { RequestId = requestId };
        }

        return fallback with
        {
            Code = root.Name,
            Message = string.Join(" ", messages),
            Messages = messages,
            RequestId = requestId,
        };
    }

    /// <summary><c>query</c> and, with flat lists and unwrapped answers, <c>ec2</c>.</summary>
    public sealed record Query(string Version, bool IsEc2 = false) : WireProtocol
    {
        // The exact text is signed, so it is not built by a media type class that may respace it.
        private const string FormType = "application/x-www-form-urlencoded; charset=utf-8";

        public override WireCall Encode(string operation, IWireShape request)
        {
            var form = new QueryWriter(operation, Version, flatLists: IsEc2);
            request.Write(form);
            return new() { Method = HttpMethod.Post, ContentType = FormType, Body = form.ToBytes() };
        }

        public override WireNode Decode(string operation, byte[] body)
        {
            var root = WireParser.Xml(body);
            // An operation without output has no wrapper, only ResponseMetadata.
            return IsEc2 ? root : root.Find($"{operation}Result") ?? root;
        }

        protected override AwsError ReadError(AwsError fallback, HttpResponseMessage answer, byte[] body) =>
            XmlError(fallback, body);
    }

    /// <summary><c>json</c> 1.1; the prefix is the contract's <c>targetPrefix</c>.</summary>
    public sealed record Json(string TargetPrefix) : WireProtocol
    {
        public override WireCall Encode(string operation, IWireShape request) => new()
        {
            Method = HttpMethod.Post,
            ContentType = "application/x-amz-json-1.1",
            Target = $"{TargetPrefix}.{operation}",
            Body = JsonWriter.ToBytes(request),
        };

        public override WireNode Decode(string operation, byte[] body) => WireParser.Json(body);

        protected override AwsError ReadError(AwsError fallback, HttpResponseMessage answer, byte[] body)
        {
            var root = WireParser.Json(body);
            return fallback with
            {
                Code = root.TextOrNull("__type") ?? root.TextOrNull("code") ?? Header(answer, "x-amzn-ErrorType")
                    ?? fallback.Code,
                Message = root.TextOrNull("message") ?? root.TextOrNull("Message") ?? fallback.Message,
            };
        }
    }

    /// <summary><c>rest-xml</c>: each request says its own method, path and query.</summary>
    public sealed record RestXml(string XmlNamespace) : WireProtocol
    {
        public override WireCall Encode(string operation, IWireShape request)
        {
            Invariant.Holds(request is IRestRequest);
            var target = ((IRestRequest)request).Target;
            var hasBody = target.Method == HttpMethod.Post;
            return new()
            {
                Method = target.Method,
                Path = target.Path,
                Query = target.Query,
                ContentType = hasBody ? "application/xml" : null,
                Body = hasBody ? XmlBodyWriter.ToBytes($"{operation}Request", XmlNamespace, request) : [],
            };
        }

        public override WireNode Decode(string operation, byte[] body) => WireParser.Xml(body);

        protected override AwsError ReadError(AwsError fallback, HttpResponseMessage answer, byte[] body) =>
            XmlError(fallback, body);
    }

    /// <summary>S3: the body is the object, and answers say nothing that gwctl reads.</summary>
    public sealed record Objects : WireProtocol
    {
        public override WireCall Encode(string operation, IWireShape request)
        {
            Invariant.Holds(request is IObjectRequest);
            var target = ((IObjectRequest)request).Target;
            return new()
            {
                Method = target.Method,
                Path = target.Path,
                ContentType = target.ContentType,
                Body = target.Body.ToArray(),
                IsObject = true,
            };
        }

        public override WireNode Decode(string operation, byte[] body) => new(operation);

        protected override AwsError ReadError(AwsError fallback, HttpResponseMessage answer, byte[] body)
        {
            var error = WireParser.Xml(body);
            return fallback with
            {
                Code = error.TextOrNull("Code") ?? fallback.Code,
                Message = error.TextOrNull("Message") ?? fallback.Message,
                RequestId = error.TextOrNull("RequestId"),
            };
        }
    }
}

/// <summary>A rest-xml request's members that are not in the body.</summary>
internal interface IRestRequest
{
    RestTarget Target { get; }
}

/// <summary>Method, path and query of a rest-xml request; null query values are left out.</summary>
internal sealed record RestTarget(HttpMethod Method, string Path)
{
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; private init; } = [];

    /// <param name="segments">The path's segments, each encoded here, so that no id can leave its segment.</param>
    public static RestTarget Get(params ReadOnlySpan<string> segments) => new(HttpMethod.Get, PathOf(segments));

    public static RestTarget Post(params ReadOnlySpan<string> segments) => new(HttpMethod.Post, PathOf(segments));

    public static RestTarget Delete(params ReadOnlySpan<string> segments) =>
        new(HttpMethod.Delete, PathOf(segments));

    public RestTarget With(string name, string? value) =>
        value is null ? this : this with { Query = [.. Query, KeyValuePair.Create(name, value)] };

    private static string PathOf(ReadOnlySpan<string> segments)
    {
        var path = "/2013-04-01";
        foreach (var segment in segments)
        {
            path += $"/{Uri.EscapeDataString(segment)}";
        }

        return path;
    }
}
