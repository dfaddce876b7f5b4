using Gwctl.Cli.Views.Texts;
using Gwctl.Core;
using Gwctl.Engine.Diff;
using Gwctl.Engine.Resources;

namespace Gwctl.Cli.Views.Plans;

/// <summary>Writes the attributes of one object: whole for what comes or goes, differences for what changes.</summary>
public sealed class AttributeBlock(StyledWriter writer, ValueText values)
{
    /// <summary>Longer names do not move the others' equals signs.</summary>
    private const int NameWidthMax = 40;

    private const int Step = 4;

    private enum Side
    {
        Add,
        Remove,
    }

    public void WriteAdded(AttributeMap map, int indent) => WriteFields(map, indent, Side.Add);

    public void WriteRemoved(AttributeMap map, int indent) => WriteFields(map, indent, Side.Remove);

    public void WriteChanges(EquatableList<AttributeChange> changes, int indent)
    {
        var width = NameWidth(changes.Select(change => change.Path));
        foreach (var change in changes)
        {
            var suffix = change.ForcesReplacement ? " # forces replacement" : "";
            WriteChange(change.Path, width, change.Before, change.After, indent, suffix);
        }
    }

    /// <summary>A line for an attribute that both sides have: <c>~ name = before -> after</c>.</summary>
    public void WriteScalarChange(string name, int width, string before, string after, int indent, string suffix)
    {
        var text = string.Equals(before, after, StringComparison.Ordinal) ? before : $"{before} -> {after}";
        Prefix('~', indent).Write($"{name.PadRight(width)} = {text}").Line(suffix, Tone.Destroy);
    }

    private void WriteChange(
        string name, int width, AttributeValue? before, AttributeValue? after, int indent, string suffix)
    {
        switch (before, after)
        {
            case (null, not null):
                WriteWhole(name, width, after, indent, Side.Add, suffix);
                break;
            case (not null, null):
                WriteWhole(name, width, before, indent, Side.Remove, suffix);
                break;
            case (AttributeValue.List old, AttributeValue.List now):
                WriteListChange(name, width, old, now, indent, suffix);
                break;
            case (AttributeValue.Map old, AttributeValue.Map now):
                WriteMapChange(name, width, old.Fields, now.Fields, indent, suffix);
                break;
            case (not null, not null):
                WriteScalarChange(name, width, values.Inline(before), values.Inline(after), indent, suffix);
                break;
        }
    }

    private void WriteListChange(
        string name, int width, AttributeValue.List before, AttributeValue.List after, int indent, string suffix)
    {
        var gone = Subtract(before.Items, after.Items);
        var come = Subtract(after.Items, before.Items);
        if (gone.Count + come.Count is 0)
        {
            WriteScalarChange(name, width, values.Inline(before), values.Inline(after), indent, suffix);
            return;
        }

        Prefix('~', indent).Write($"{name.PadRight(width)} = [").Line(suffix, Tone.Destroy);
        foreach (var item in gone)
        {
            Prefix('-', indent + Step).Line(values.Inline(item) + ",");
        }

        foreach (var item in come)
        {
            Prefix('+', indent + Step).Line(values.Inline(item) + ",");
        }

        Hidden(after.Items.Count - come.Count, "element", indent + Step);
        Blank(indent).Line("]");
    }

    private void WriteMapChange(
        string name, int width, AttributeMap before, AttributeMap after, int indent, string suffix)
    {
        Prefix('~', indent).Write($"{name.PadRight(width)} = {{").Line(suffix, Tone.Destroy);
        var names = before.Fields.Concat(after.Fields).Select(field => field.Name).Distinct().Order(
            StringComparer.Ordinal);
        var changed = names.Where(field => !Equals(before[field], after[field])).ToList();
        var inner = NameWidth(changed);
        foreach (var field in changed)
        {
            WriteChange(field, inner, before[field], after[field], indent + Step, "");
        }

        Hidden(after.Fields.Count(field => Equals(before[field.Name], field.Value)), "attribute", indent + Step);
        Blank(indent).Line("}");
    }

    private void WriteFields(AttributeMap map, int indent, Side side)
    {
        var width = NameWidth(map.Fields.Select(field => field.Name));
        foreach (var field in map.Fields)
        {
            WriteWhole(field.Name, width, field.Value, indent, side, "");
        }
    }

    private void WriteWhole(string name, int width, AttributeValue value, int indent, Side side, string suffix)
    {
        Prefix(Sign(side), indent).Write($"{name.PadRight(width)} = ");
        WriteValue(value, indent, side, end: "", suffix);
    }

    private void WriteValue(AttributeValue value, int indent, Side side, string end, string suffix)
    {
        var tail = side is Side.Remove && end is "" ? " -> null" : "";
        switch (value)
        {
            case AttributeValue.List { Items.Count: > 0 } list:
                writer.Write("[").Line(suffix, Tone.Destroy);
                foreach (var item in list.Items)
                {
                    Prefix(Sign(side), indent + Step);
                    WriteValue(item, indent + Step, side, ",", "");
                }

                Blank(indent).Line("]" + end + tail);
                break;
            case AttributeValue.Map { Fields.Fields.Count: > 0 } map:
                writer.Write("{").Line(suffix, Tone.Destroy);
                WriteFields(map.Fields, indent + Step, side);
                Blank(indent).Line("}" + end + tail);
                break;
            default:
                writer.Write(values.Inline(value) + end + tail).Line(suffix, Tone.Destroy);
                break;
        }
    }

    /// <summary>Says how many of something stay as they are; nothing for none.</summary>
    public void Hidden(int count, string noun, int indent)
    {
        if (count > 0)
        {
            Blank(indent).Line($"# ({count} unchanged {(count is 1 ? noun : noun + "s")} hidden)", Tone.Dim);
        }
    }

    /// <summary>What is in the first list and not in the second, counting repetitions.</summary>
    private static List<AttributeValue> Subtract(EquatableList<AttributeValue> from, EquatableList<AttributeValue> what)
    {
        var left = new Dictionary<AttributeValue, int>();
        foreach (var item in what)
        {
            left[item] = left.GetValueOrDefault(item) + 1;
        }

        var rest = new List<AttributeValue>();
        foreach (var item in from)
        {
            var count = left.GetValueOrDefault(item);
            if (count > 0)
            {
                left[item] = count - 1;
            }
            else
            {
                rest.Add(item);
            }
        }

        return rest;
    }

    private static int NameWidth(IEnumerable<string> names) =>
        names.Select(name => name.Length).Where(length => length <= NameWidthMax).DefaultIfEmpty(0).Max();

    private static char Sign(Side side) => side is Side.Add ? '+' : '-';

    private StyledWriter Prefix(char sign, int indent)
    {
        var tone = sign switch
        {
            '+' => Tone.Add,
            '-' => Tone.Destroy,
            _ => Tone.Change,
        };
        return writer.Write(new string(' ', indent - 2)).Write(sign.ToString(), tone).Write(" ");
    }

    private StyledWriter Blank(int indent) => writer.Write(new string(' ', indent));
}
