using System.Text;
using System.Text.RegularExpressions;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Ec2;

/// <summary>EC2's filters: names ANDed, values ORed, <c>*</c> and <c>?</c> as wildcards.</summary>
internal static class Filters
{
    /// <param name="fields">The values of an item under each filter name that the operation has.</param>
    /// <param name="tags">An item's tags.</param>
    public static IEnumerable<Struct> Apply(
        Call call,
        IEnumerable<Struct> items,
        IReadOnlyDictionary<string, Func<Struct, IEnumerable<string?>>> fields,
        Func<Struct, Struct> tags)
    {
        foreach (var filter in call.Input.Structs("Filters"))
        {
            var name = filter.Text("Name") ?? "";
            var wanted = new Wanted(filter.Texts("Values"));
            var values = Values(name, fields, tags);
            items = items.Where(item => values(item).Any(value => value is not null && wanted.Contains(value)));
        }

        return items;
    }

    private static Func<Struct, IEnumerable<string?>> Values(
        string name,
        IReadOnlyDictionary<string, Func<Struct, IEnumerable<string?>>> fields,
        Func<Struct, Struct> tags) => name switch
        {
            _ when name.StartsWith("tag:", StringComparison.Ordinal) => item => [tags(item).Text(name[4..])],
            "tag-key" => item => tags(item).Select(tag => tag.Key),
            "tag-value" => item => tags(item).Select(tag => $"{tag.Value}"),
            _ when fields.TryGetValue(name, out var field) => field,
            _ => throw new AwsException("InvalidParameterValue", $"The filter '{name}' is invalid"),
        };

    /// <summary>A filter's values. Most are plain text, and there may be hundreds: only those with wildcards or
    /// escapes are worth an expression.</summary>
    private sealed class Wanted
    {
        private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
        private readonly List<Regex> _patterns = [];

        public Wanted(IEnumerable<string> values)
        {
            foreach (var value in values)
            {
                if (value.AsSpan().IndexOfAny('*', '?', '\\') < 0)
                {
                    _plain.Add(value);
                }
                else
                {
                    _patterns.Add(Pattern(value));
                }
            }
        }

        public bool Contains(string value) =>
            _plain.Contains(value) || _patterns.Exists(pattern => pattern.IsMatch(value));

        private static Regex Pattern(string text)
        {
            var regex = new StringBuilder(@"\A");
            for (var index = 0; index < text.Length; index++)
            {
                regex.Append(text[index] switch
                {
                    '*' => ".*",
                    '?' => ".",
                    '\\' when index + 1 < text.Length => Regex.Escape($"{text[++index]}"),
                    var other => Regex.Escape($"{other}"),
                });
            }

            return new Regex(
                regex.Append(@"\z").ToString(), RegexOptions.Singleline | RegexOptions.NonBacktracking);
        }
    }
}
