namespace Gwctl.Sandbox.Kubernetes.Requests;

/// <summary>Who asks.</summary>
internal sealed record ApiUser(string Name, IReadOnlyList<string> Groups);

/// <summary>A request for objects, taken apart.</summary>
internal sealed record ApiRequest
{
    /// <summary>Empty for the core group.</summary>
    public required string Group { get; init; }

    public required string Version { get; init; }

    /// <summary>Empty for all of them, and for what has none.</summary>
    public string Namespace { get; init; } = "";

    public required string Resource { get; init; }

    /// <summary>Empty for a collection.</summary>
    public string Name { get; init; } = "";

    public string Subresource { get; init; } = "";

    public required string Method { get; init; }

    public required QueryValues Query { get; init; }

    public string Accept { get; init; } = "";

    public string ContentType { get; init; } = "";

    public string UserAgent { get; init; } = "";

    public byte[] Body { get; init; } = [];

    public required ApiUser User { get; init; }

    /// <summary>What RBAC calls it.</summary>
    public string Verb => Method switch
    {
        "GET" or "HEAD" when Query.Flag("watch") && Name is "" => "watch",
        "GET" or "HEAD" => Name is "" ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => Name is "" ? "deletecollection" : "delete",
        _ => Method.ToLowerInvariant(),
    };

    public bool IsDryRun => Query.Text("dryRun") is "All";

    /// <summary>The last to have written, as managedFields name it.</summary>
    public string FieldManager => Query.Text("fieldManager") is { Length: > 0 } manager
        ? manager
        : UserAgent.Split('/')[0] is { Length: > 0 } agent ? agent : "unknown";

    /// <summary>Takes a path below <c>/api</c> or <c>/apis</c> apart.</summary>
    /// <returns>Null where it is no path of objects.</returns>
    public static ApiRequest? Parse(string method, string path, QueryValues query, ApiUser user)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var below] => ("", v, below),
            ["apis", var g, var v, .. var below] => (g, v, below),
            _ => ("", "", []),
        };
        if (rest.Length is 0)
        {
            return null;
        }

        var request = new ApiRequest
        {
            Group = group,
            Version = version,
            Resource = rest[0],
            Method = method,
            Query = query,
            User = user,
        };
        return rest switch
        {
            [_] => request,
            ["namespaces", var name] => request with { Name = name },
            ["namespaces", var name, "status" or "finalize"] => request with { Name = name, Subresource = rest[2] },
            ["namespaces", var ns, var resource] => request with { Namespace = ns, Resource = resource },
            ["namespaces", var ns, var resource, var name] =>
                request with { Namespace = ns, Resource = resource, Name = name },
            ["namespaces", var ns, var resource, var name, var subresource] =>
                request with { Namespace = ns, Resource = resource, Name = name, Subresource = subresource },
            [_, var name] => request with { Name = name },
            [_, var name, var subresource] => request with { Name = name, Subresource = subresource },
            _ => null,
        };
    }
}

/// <summary>A request's query: the first value of each name.</summary>
internal sealed class QueryValues(IReadOnlyDictionary<string, string> values)
{
    public static QueryValues Parse(string query) => new(query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .DistinctBy(pair => Decode(pair[0]), StringComparer.Ordinal)
        .ToDictionary(
            pair => Decode(pair[0]), pair => pair.Length is 2 ? Decode(pair[1]) : "", StringComparer.Ordinal));

    public string Text(string name) => values.GetValueOrDefault(name, "");

    public bool Flag(string name) => Text(name) is "true" or "1" || (values.ContainsKey(name) && Text(name) is "");

    /// <returns>Null where it is absent.</returns>
    /// <exception cref="ApiException">It is no number.</exception>
    public long? Number(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return long.TryParse(text, out var number) && number >= 0
            ? number
            : throw ApiErrors.BadRequest($"Invalid value: \"{text}\": {name} must be a number");
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
