using System.Text.Json.Nodes;
using Gwctl.Sandbox.Kubernetes.Kinds;
using Gwctl.Sandbox.Kubernetes.Storage;

namespace Gwctl.Sandbox.Kubernetes.Requests;

/// <summary>Which objects of a resource a request is about: a namespace, labels and fields.</summary>
internal sealed class ObjectFilter
{
    private readonly string _namespace;
    private readonly IReadOnlyList<LabelTerm> _labels;
    private readonly IReadOnlyList<FieldTerm> _fields;

    private ObjectFilter(string ns, IReadOnlyList<LabelTerm> labels, IReadOnlyList<FieldTerm> fields)
    {
        _namespace = ns;
        _labels = labels;
        _fields = fields;
    }

    /// <exception cref="ApiException">A selector is malformed, or names a field that cannot be selected by.</exception>
    public static ObjectFilter Of(Kind kind, ApiRequest request)
    {
        var fields = FieldTerm.Parse(kind, request.Query.Text("fieldSelector"));
        if (request.Name is not "")
        {
            fields.Add(new FieldTerm("metadata.name", request.Name, Equal: true));
        }

        return new ObjectFilter(request.Namespace, LabelTerm.Parse(request.Query.Text("labelSelector")), fields);
    }

    public bool Matches(Stored stored)
    {
        if (_namespace is not "" && stored.Namespace != _namespace)
        {
            return false;
        }

        foreach (var term in _labels)
        {
            if (!term.Matches(stored))
            {
                return false;
            }
        }

        return _fields.Count is 0 || MatchesFields(stored);
    }

    private bool MatchesFields(Stored stored)
    {
        JsonObject? parsed = null;
        foreach (var term in _fields)
        {
            var value = term.Field switch
            {
                "metadata.name" => stored.Name,
                "metadata.namespace" => stored.Namespace,
                _ => ValueAt(parsed ??= stored.ToJson(""), term.Field),
            };
            if (value == term.Value != term.Equal)
            {
                return false;
            }
        }

        return true;
    }

    private static string ValueAt(JsonObject value, string path)
    {
        JsonNode? node = value;
        foreach (var part in path.Split('.'))
        {
            node = (node as JsonObject)?[part];
        }

        return node?.ToString() ?? "";
    }

    /// <summary>A condition on a field.</summary>
    private sealed record FieldTerm(string Field, string Value, bool Equal)
    {
        private static readonly Dictionary<string, string[]> Selectable = new(StringComparer.Ordinal)
        {
            ["secrets"] = ["type"],
            ["namespaces"] = ["status.phase"],
            ["pods"] = ["spec.nodeName", "status.phase", "status.podIP", "spec.serviceAccountName"],
            ["services"] = ["spec.clusterIP", "spec.type"],
            ["nodes"] = ["spec.unschedulable"],
            ["events"] =
            [
                "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
                "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                "reportingComponent", "source", "type",
            ],
        };

        public static List<FieldTerm> Parse(Kind kind, string selector)
        {
            var terms = new List<FieldTerm>();
            foreach (var part in selector.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var equal = !part.Contains("!=", StringComparison.Ordinal);
                var sides = part.Split(equal ? part.Contains("==", StringComparison.Ordinal) ? "==" : "=" : "!=", 2);
                if (sides.Length is not 2)
                {
                    throw ApiErrors.BadRequest($"invalid selector: '{part}'; can't understand '{part}'");
                }

                if (sides[0] is not ("metadata.name" or "metadata.namespace")
                    && (kind.IsCustom || !Selectable.GetValueOrDefault(kind.Plural, []).Contains(sides[0])))
                {
                    throw ApiErrors.BadRequest($"field label not supported: {sides[0]}");
                }

                terms.Add(new FieldTerm(sides[0], sides[1], equal));
            }

            return terms;
        }
    }
}

/// <summary>A condition on a label.</summary>
internal sealed record LabelTerm(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>Reads <c>a=b,c!=d,e,!f,g in (h,i),j notin (k)</c>.</summary>
    public static IReadOnlyList<LabelTerm> Parse(string selector) =>
        [.. Split(selector).Select(part => ParseTerm(part.Trim())).OfType<LabelTerm>()];

    public bool Matches(Stored stored)
    {
        string? value = null;
        foreach (var (key, text) in stored.Labels)
        {
            if (key == Key)
            {
                value = text;
            }
        }

        return Operator switch
        {
            LabelOperator.Exists => value is not null,
            LabelOperator.Absent => value is null,
            LabelOperator.In => value is not null && Values.Contains(value),
            _ => value is null || !Values.Contains(value),
        };
    }

    private static LabelTerm? ParseTerm(string part)
    {
        if (part is "")
        {
            return null;
        }

        if (part.IndexOf('(', StringComparison.Ordinal) is var open && open > 0 && part[^1] is ')')
        {
            var words = part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var values = part[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            return words switch
            {
                [var key, "in"] => new LabelTerm(key, LabelOperator.In, values),
                [var key, "notin"] => new LabelTerm(key, LabelOperator.NotIn, values),
                _ => throw Malformed(part),
            };
        }

        foreach (var (sign, kind) in Signs)
        {
            if (part.IndexOf(sign, StringComparison.Ordinal) is var at && at > 0)
            {
                return new LabelTerm(part[..at].Trim(), kind, [part[(at + sign.Length)..].Trim()]);
            }
        }

        return part[0] is '!'
            ? new LabelTerm(part[1..].Trim(), LabelOperator.Absent, [])
            : part.Contains(' ', StringComparison.Ordinal)
                ? throw Malformed(part)
                : new LabelTerm(part, LabelOperator.Exists, []);
    }

    private static readonly (string Sign, LabelOperator Kind)[] Signs =
        [("!=", LabelOperator.NotIn), ("==", LabelOperator.In), ("=", LabelOperator.In)];

    private static ApiException Malformed(string part) =>
        ApiErrors.BadRequest($"unable to parse requirement: {part}");

    /// <summary>At the commas that stand outside of parentheses.</summary>
    private static IEnumerable<string> Split(string selector)
    {
        var (start, depth) = (0, 0);
        for (var index = 0; index < selector.Length; index++)
        {
            depth += selector[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (selector[index] is ',' && depth is 0)
            {
                yield return selector[start..index];
                start = index + 1;
            }
        }

        yield return selector[start..];
    }
}

internal enum LabelOperator
{
    Exists,
    Absent,
    In,
    NotIn,
}
