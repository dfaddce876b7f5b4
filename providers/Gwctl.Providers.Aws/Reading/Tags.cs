using Gwctl.Core;

namespace Gwctl.Providers.Aws.Reading;

/// <summary>The tags of one object, of whatever service; each name once.</summary>
internal sealed class Tags
{
    public static readonly Tags None = new([]);

    private readonly Dictionary<string, string> _values;

    public Tags(IEnumerable<KeyValuePair<string, string>> values) =>
        _values = new Dictionary<string, string>(values, StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Sorted by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _values.OrderBy(tag => tag.Key, StringComparer.Ordinal);

    public Tags With(string name, string? value) => value is null
        ? this
        : new Tags(_values.Where(tag => tag.Key != name).Append(KeyValuePair.Create(name, value)));

    public Tags With(IEnumerable<KeyValuePair<string, string>> values) =>
        values.Aggregate(this, (tags, tag) => tags.With(tag.Key, tag.Value));

    public static Tags From(IEnumerable<Api.Elbv2.Tag> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));

    public static Tags From(IEnumerable<Api.Ec2.Tag> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value ?? "")));

    public static Tags From(IEnumerable<Api.Acm.Tag> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value ?? "")));

    public static Tags From(IEnumerable<Api.Tagging.Tag> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));

    public static Tags From(IEnumerable<Api.Route53.Tag> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));

    public EquatableList<Api.Elbv2.Tag> ToElbv2() =>
        All.Select(tag => new Api.Elbv2.Tag { Key = tag.Key, Value = tag.Value }).ToEquatableList();

    public EquatableList<Api.Ec2.Tag> ToEc2() =>
        All.Select(tag => new Api.Ec2.Tag { Key = tag.Key, Value = tag.Value }).ToEquatableList();

    public EquatableList<Api.Acm.Tag> ToAcm() =>
        All.Select(tag => new Api.Acm.Tag { Key = tag.Key, Value = tag.Value }).ToEquatableList();

    public EquatableList<Api.Route53.Tag> ToRoute53() =>
        All.Select(tag => new Api.Route53.Tag { Key = tag.Key, Value = tag.Value }).ToEquatableList();
}
