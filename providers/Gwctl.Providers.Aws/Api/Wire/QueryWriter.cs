using System.Globalization;
using System.Text;

namespace Gwctl.Providers.Aws.Api.Wire;

/// <summary>
/// The <c>query</c> and <c>ec2</c> form bodies. They differ in lists only: <c>A.member.1</c> against <c>A.1</c>.
/// </summary>
internal sealed class QueryWriter : WireWriter
{
    private readonly StringBuilder _body = new();
    private readonly StringBuilder _prefix = new();
    private readonly string _listInfix;

    public QueryWriter(string operation, string version, bool flatLists)
    {
        _listInfix = flatLists ? "." : ".member.";
        Put("Action", operation);
        Put("Version", version);
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_body.ToString());

    public override void Put(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (_body.Length > 0)
        {
            _body.Append('&');
        }

        _body.Append(_prefix).Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    public override void Put(string name, long? value) => Put(name, value?.ToString(CultureInfo.InvariantCulture));

    public override void Put(string name, bool? value) =>
        Put(name, value is { } flag ? (flag ? "true" : "false") : null);

    public override void Put(string name, ReadOnlyMemory<byte>? value) =>
        Put(name, value is { } bytes ? Convert.ToBase64String(bytes.Span) : null);

    public override void Put(string name, IWireShape? value)
    {
        if (value is null)
        {
            return;
        }

        var length = _prefix.Length;
        _prefix.Append(name).Append('.');
        value.Write(this);
        _prefix.Length = length;
    }

    public override void PutList(string name, string item, IReadOnlyList<string> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            Put(Numbered(name, index), values[index]);
        }
    }

    public override void PutList(string name, string item, IReadOnlyList<IWireShape> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            Put(Numbered(name, index), values[index]);
        }
    }

    public override void PutMap(string name, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            Put($"{name}.entry.{index + 1}.key", values[index].Key);
            Put($"{name}.entry.{index + 1}.value", values[index].Value);
        }
    }

    private string Numbered(string name, int index) => $"{name}{_listInfix}{index + 1}";
}
