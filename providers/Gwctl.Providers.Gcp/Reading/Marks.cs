using System.Text.Json;
using System.Text.Json.Nodes;
using Gwctl.Core;
using Gwctl.Engine.Marks;
using Gwctl.Engine.Resources;
using Gwctl.Providers.Gcp.Api;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>The marks of an object: JSON in its <c>description</c>, for most objects of Google Cloud have no labels,
/// and labels hold no names of ours. Written in the call that makes the object.</summary>
internal sealed class Marks
{
    /// <summary>Digests of secrets that Google never gives back: the mark's name is this and the attribute's
    /// path.</summary>
    private const string SecretPrefix = $"{MarkNames.Digest}.";

    /// <summary>Names of the user's labels that gwctl wrote, so that one which the specs drop is dropped from the
    /// object too.</summary>
    private const string Labels = $"{MarkNames.Prefix}labels";

    private const int OwnerTextCharactersMax = 120;

    private readonly SortedDictionary<string, string> _marks;

    private Marks(IEnumerable<KeyValuePair<string, string>> marks) => _marks =
        new SortedDictionary<string, string>(new Dictionary<string, string>(marks), StringComparer.Ordinal);

    public static readonly Marks None = new([]);

    public string? this[string name] => _marks.GetValueOrDefault(name);

    public bool IsProtected => this[MarkNames.Protect] is "true";

    /// <summary>The user's labels that gwctl wrote when it made the object.</summary>
    public EquatableList<string> LabelNames => this[Labels] is { Length: > 0 } names ? [.. names.Split(' ')] : [];

    /// <summary>Digests by the path of their attribute, as <c>selfManaged.pemCertificate</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Secrets =>
        from mark in _marks
        where mark.Key.StartsWith(SecretPrefix, StringComparison.Ordinal)
        select KeyValuePair.Create(mark.Key[SecretPrefix.Length..], mark.Value);

    /// <summary>Those of a new object.</summary>
    public static Marks Of(string owner, ResourceAddress address, AttributeMap attributes)
    {
        var marks = new List<KeyValuePair<string, string>>
        {
            new(MarkNames.Owner, owner),
            new(MarkNames.Gateway, address.Gateway.ToString()),
            new(MarkNames.Key, address.Key),
        };
        marks.AddRange(SecretsIn("", attributes));
        if (attributes.MapOf("labels") is { Fields.Count: > 0 } labels)
        {
            marks.Add(new(Labels, string.Join(' ', labels.Fields.Select(label => label.Name))));
        }

        return new Marks(marks);
    }

    /// <summary>Empty where the description is not of our making.</summary>
    public static Marks From(JsonObject body)
    {
        var found = Parse(body.TextOrNull("description"));
        return found is null
            ? None
            : new Marks(
                from member in found
                where member.Key.StartsWith(MarkNames.Prefix, StringComparison.Ordinal)
                let text = JsonMembers.AsText(member.Value)
                where text is not null
                select KeyValuePair.Create(member.Key, text));
    }

    /// <summary>Who owns a foreign object, as far as its description and labels say; for people.</summary>
    public static string OwnerText(JsonObject body)
    {
        if (From(body)[MarkNames.Owner] is { } owner)
        {
            return $"gwctl, owner {owner}";
        }

        var text = body.TextOrNull("description") is { Length: > 0 } description
            ? description
            : string.Join(", ", (body.ObjectOrNull("labels") ?? [])
                .Select(label => $"{label.Key}={JsonMembers.AsText(label.Value)}"));
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= OwnerTextCharactersMax ? line : $"{line[..OwnerTextCharactersMax]}…";
    }

    /// <summary>The address that the marks give; null where they are not complete.</summary>
    public ResourceAddress? AddressOf(string scope, string kind) =>
        this[MarkNames.Gateway] is { } gateway && this[MarkNames.Key] is { } key
            ? MarkNames.AddressOf(scope, kind, gateway, key)
            : null;

    /// <summary>With the others in place of those of the same name.</summary>
    public Marks With(Marks others) =>
        new(_marks.Where(mark => others[mark.Key] is null).Concat(others._marks));

    /// <summary>For <c>description</c>.</summary>
    public string ToText()
    {
        var json = new JsonObject();
        foreach (var (name, value) in _marks)
        {
            json[name] = value;
        }

        return json.ToJsonString();
    }

    private static JsonObject? Parse(string? description)
    {
        if (description is null || !description.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(description) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> SecretsIn(string prefix, AttributeMap attributes)
    {
        foreach (var field in attributes.Fields)
        {
            switch (field.Value)
            {
                case AttributeValue.Secret(_, var digest):
                    yield return new($"{SecretPrefix}{prefix}{field.Name}", digest);
                    break;
                case AttributeValue.Map(var fields):
                    foreach (var inner in SecretsIn($"{prefix}{field.Name}.", fields))
                    {
                        yield return inner;
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
