using System.Diagnostics;
using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Writes one change: the comment lines, then the object with its attributes.</summary>
public sealed class ChangeBlock(StyledWriter writer, PlanActions actions, ValueText values)
{
    private const int Indent = 8;

    private readonly AttributeBlock _attributes = new(writer, values);

    public void Write(Change change)
    {
        var action = actions.Of(change);
        WriteHeader(change, action);
        writer.Write(action.Symbol, action.Tone).Line($" {KindTitle(change.Address)} \"{Label(change)}\" {{");
        switch (change)
        {
            case Change.Create create:
                _attributes.WriteAdded(create.After.Attributes, Indent);
                break;
            case Change.Update update:
                WriteUnchangedId(update.Before.Id);
                WriteDifferences(update.Attributes, update.After);
                break;
            case Change.Replace replace:
                WriteReplacedId(replace);
                WriteDifferences(replace.Attributes, replace.After);
                break;
            case Change.Delete delete:
                _attributes.WriteRemoved(
                    delete.Before.Attributes.With("id", new AttributeValue.Text(delete.Before.Id)), Indent);
                break;
            case Change.Adopt adopt:
                WriteUnchangedId(adopt.Before.Id);
                break;
            default:
                throw new UnreachableException();
        }

        writer.Line("    }");
    }

    /// <summary>The comment lines alone: for plans too large to show whole.</summary>
    public void WriteHeader(Change change, ChangeAction action)
    {
        writer.Write("  # ").Write(change.Address.ToString(), Tone.Strong).Write(" ");
        writer.Line(action.Sentence, action.Destroys ? Tone.Destroy : Tone.Strong);
        if (change.Reason is not "")
        {
            foreach (var line in TextWrap.Lines($"({change.Reason})", writer.Columns - 4))
            {
                writer.Line($"  # {line}");
            }
        }
    }

    /// <summary>The kind in words.</summary>
    public static string KindTitle(ResourceAddress address) => address.Kind.Replace('-', ' ');

    /// <summary>The object's own name where it has one, else what is unique in its address.</summary>
    private static string Label(Change change)
    {
        var attributes = change switch
        {
            Change.Create create => create.After.Attributes,
            Change.Update update => update.After.Attributes,
            Change.Replace replace => replace.After.Attributes,
            Change.Delete delete => delete.Before.Attributes,
            Change.Adopt adopt => adopt.Before.Attributes,
            _ => AttributeMap.Empty,
        };
        if (attributes["name"] is AttributeValue.Text name)
        {
            return name.Value;
        }

        return change.Address.Key is "" ? change.Address.Gateway.ToString() : change.Address.Key;
    }

    private void WriteUnchangedId(string id) =>
        writer.Line($"{new string(' ', Indent)}id = {ValueText.Plain.Inline(new AttributeValue.Text(id))}", Tone.Dim);

    private void WriteReplacedId(Change.Replace replace) => _attributes.WriteScalarChange(
        "id", 0, ValueText.Plain.Inline(new AttributeValue.Text(replace.Before.Id)), "(known after apply)", Indent, "");

    private void WriteDifferences(EquatableList<AttributeChange> changes, ResourceNode after)
    {
        _attributes.WriteChanges(changes, Indent);
        var roots = changes.Select(change => Root(change.Path)).ToHashSet(StringComparer.Ordinal);
        var unchanged = after.Attributes.Fields.Count(field => !roots.Contains(field.Name));
        _attributes.Hidden(unchanged, "attribute", Indent);
    }

    private static string Root(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        return end < 0 ? path : path[..end];
    }
}
