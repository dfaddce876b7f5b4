using System.Globalization;
using Gwctl.Core;

namespace Gwctl.Compiler.Specs.Decoding;

public sealed partial class NodeReader
{
    /// <summary>Text; null where it is not given or wrong. A plain number or truth value is no text, as in
    /// Kubernetes.</summary>
    public Located<string>? Text(string name, TextRule? rule = null)
    {
        _shape?.Note(name, FieldShape.OfText(rule));
        return PlainText(name, rule);
    }

    /// <summary>Text that must be given; the placeholder is empty.</summary>
    public Located<string> RequiredText(string name, TextRule? rule = null)
    {
        _shape?.Note(name, FieldShape.OfText(rule));
        return Required(name)
            ? PlainText(name, rule) ?? new Located<string>("", Span)
            : new Located<string>("", Span);
    }

    /// <summary>A list of texts in their order; those that are wrong are left out.</summary>
    public EquatableList<Located<string>> Texts(
        string name, TextRule? rule = null, int countMin = 0, int countMax = int.MaxValue)
    {
        _shape?.Note(name, FieldShape.OfText(rule) with
        {
            Form = FieldForm.Texts,
            CountMin = FieldShape.Bound(countMin),
            CountMax = FieldShape.Bound(countMax),
        });
        if (Items(name, countMin, countMax) is not { } items)
        {
            return [];
        }

        var texts = new List<Located<string>>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            if (TextOf(items[index], name, index, rule) is { } text)
            {
                texts.Add(text);
            }
        }

        return [.. texts];
    }

    /// <summary>One of the allowed texts, in their case.</summary>
    public Located<string>? Choice(string name, params ReadOnlySpan<string> allowed)
    {
        NoteChoice(name, allowed);
        if (PlainText(name, null) is not { } text)
        {
            return null;
        }

        if (allowed.Contains(text.Value))
        {
            return text;
        }

        var nearest = NearestName.Find(text.Value, allowed.ToArray());
        var list = string.Join(", ", allowed.ToArray());
        Problems.Add(FieldDiagnostics.NotAllowed(text.Span, PathOf(name), text.Value, list, nearest));
        return null;
    }

    /// <summary>One of the allowed texts, which must be given; the placeholder is the first of them.</summary>
    public Located<string> RequiredChoice(string name, params ReadOnlySpan<string> allowed) =>
        ChoiceOrMissing(name, allowed) ?? new Located<string>(allowed[0], Span);

    /// <summary>As <see cref="RequiredChoice"/>, but null where it is not given or wrong: for a union's discriminator,
    /// whose placeholder would blame the union's other fields.</summary>
    public Located<string>? ChoiceOrMissing(string name, params ReadOnlySpan<string> allowed)
    {
        NoteChoice(name, allowed);
        return Required(name) ? Choice(name, allowed) : null;
    }

    /// <summary>A whole number within bounds, both included.</summary>
    public Located<int>? Int(string name, int min = int.MinValue, int max = int.MaxValue)
    {
        _shape?.Note(name, new FieldShape(FieldForm.Number) { Min = min, Max = max });
        if (Take(name) is not { } node)
        {
            return null;
        }

        if (node is not SpecNode.Scalar scalar || !ScalarText.TryWholeNumber(scalar, out var number))
        {
            Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name), WantsNumber));
            return null;
        }

        if (number < min || number > max)
        {
            Problems.Add(FieldDiagnostics.OutOfBounds(node.Span, PathOf(name), number, min, max));
            return null;
        }

        if (ScalarText.IsOctalByLeadingZero(scalar.Text))
        {
            Problems.Add(FieldDiagnostics.OctalNumber(node.Span, PathOf(name), scalar.Text, number));
        }

        return new Located<int>((int)number, node.Span);
    }

    /// <summary>A whole number that must be given; the placeholder is the lower bound.</summary>
    public Located<int> RequiredInt(string name, int min = int.MinValue, int max = int.MaxValue)
    {
        _shape?.Note(name, new FieldShape(FieldForm.Number) { Min = min, Max = max });
        return Required(name)
            ? Int(name, min, max) ?? new Located<int>(min, Span)
            : new Located<int>(min, Span);
    }

    /// <summary>A list of whole numbers within bounds, both included; those that are wrong are left out.</summary>
    public EquatableList<int> Ints(string name, int min, int max, int countMin = 0, int countMax = int.MaxValue)
    {
        _shape?.Note(name, CountedShape(FieldForm.Numbers, countMin, countMax) with { Min = min, Max = max });
        if (Items(name, countMin, countMax) is not { } items)
        {
            return [];
        }

        var numbers = new List<int>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var node = items[index];
            if (node is not SpecNode.Scalar scalar || !ScalarText.TryWholeNumber(scalar, out var number))
            {
                Problems.Add(FieldDiagnostics.WrongType(node, $"{PathOf(name)}[{index}]", WantsNumber));
            }
            else if (number < min || number > max)
            {
                Problems.Add(FieldDiagnostics.OutOfBounds(node.Span, $"{PathOf(name)}[{index}]", number, min, max));
            }
            else
            {
                numbers.Add((int)number);
            }
        }

        return [.. numbers];
    }

    /// <summary>A truth value: true and false, and YAML 1.1's yes, no, on and off.</summary>
    public Located<bool>? Bool(string name)
    {
        _shape?.Note(name, new FieldShape(FieldForm.Bool));
        if (Take(name) is not { } node)
        {
            return null;
        }

        if (node is SpecNode.Scalar scalar && ScalarText.KindOf(scalar) is ScalarKind.Bool)
        {
            return new Located<bool>(ScalarText.IsTrue(scalar), node.Span);
        }

        Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name), WantsBool));
        return null;
    }

    /// <summary>A duration in Gateway API's form, as <c>1h30m</c>, within bounds, both included.</summary>
    public Located<TimeSpan>? Duration(string name, TimeSpan? min = null, TimeSpan? max = null)
    {
        _shape?.Note(name, DurationShape);
        if (PlainText(name, null) is not { } text)
        {
            return null;
        }

        if (!DurationText.TryParse(text.Value, out var duration))
        {
            Problems.Add(FieldDiagnostics.BadDuration(text.Span, PathOf(name), text.Value));
            return null;
        }

        if (duration < (min ?? TimeSpan.Zero) || duration > (max ?? TimeSpan.MaxValue))
        {
            Problems.Add(FieldDiagnostics.DurationOutOfBounds(
                text.Span, PathOf(name), text.Value, min ?? TimeSpan.Zero, max ?? TimeSpan.MaxValue));
            return null;
        }

        return new Located<TimeSpan>(duration, text.Span);
    }

    /// <summary>A whole number or a text, as text: Kubernetes' IntOrString.</summary>
    public Located<string>? NumberOrText(string name, TextRule? rule = null)
    {
        _shape?.Note(name, new FieldShape(FieldForm.NumberOrText) { Hint = rule?.Remedy ?? "" });
        if (Take(name) is not { } node)
        {
            return null;
        }

        if (node is SpecNode.Scalar scalar && ScalarText.KindOf(scalar) is ScalarKind.Integer or ScalarKind.Float
            && ScalarText.TryWholeNumber(scalar, out var number))
        {
            return new Located<string>(number.ToString(), node.Span);
        }

        return TextOf(node, name, -1, rule);
    }

    /// <summary>A number from 0 to 100, with or without decimals, quoted or not.</summary>
    public Located<double>? Percent(string name)
    {
        _shape?.Note(name, new FieldShape(FieldForm.Percent));
        if (Take(name) is not { } node)
        {
            return null;
        }

        if (node is not SpecNode.Scalar scalar)
        {
            Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name), "a percentage"));
            return null;
        }

        if (double.TryParse(
            scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100)
        {
            return new Located<double>(percent, node.Span);
        }

        Problems.Add(FieldDiagnostics.BadText(
            node.Span, PathOf(name), scalar.Text, "is no percentage", "Write a number from 0 to 100, as 1 or 0.5."));
        return null;
    }

    /// <summary>A mapping of names to texts, sorted by name. A null text is empty, as in Kubernetes.</summary>
    public EquatableList<Label> Map(string name, int countMax = int.MaxValue)
    {
        _shape?.Note(name, CountedShape(FieldForm.Map, 0, countMax));
        if (Take(name) is not { } node)
        {
            return [];
        }

        if (node is not SpecNode.Mapping mapping)
        {
            Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name), WantsMapping));
            return [];
        }

        if (mapping.Fields.Count > countMax)
        {
            Problems.Add(FieldDiagnostics.CountOutOfBounds(
                mapping.Span, PathOf(name), mapping.Fields.Count, 0, countMax));
        }

        var labels = new List<Label>(mapping.Fields.Count);
        foreach (var field in mapping.Fields)
        {
            if (ScalarText.IsNull(field.Value))
            {
                labels.Add(new Label(field.Name, "", field.KeySpan));
            }
            else if (TextOf(field.Value, $"{name}.{field.Name}", -1, null) is { } text)
            {
                labels.Add(new Label(field.Name, text.Value, field.KeySpan));
            }
        }

        labels.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return [.. labels];
    }

    private static readonly FieldShape DurationShape = new(FieldForm.Text)
    {
        Min = 2,
        Max = 64,
        Hint = "A duration, as 30s, 10m or 1h30m.",
    };

    private void NoteChoice(string name, ReadOnlySpan<string> allowed) =>
        _shape?.Note(name, new FieldShape(FieldForm.Text) { Choices = EquatableList.Create(allowed) });

    private Located<string>? PlainText(string name, TextRule? rule) =>
        Take(name) is { } node ? TextOf(node, name, -1, rule) : null;

    private bool Required(string name)
    {
        if (IsThere(name))
        {
            return true;
        }

        Take(name);
        ReportMissing(name);
        return false;
    }

    private Located<string>? TextOf(SpecNode node, string name, int index, TextRule? rule)
    {
        if (node is not SpecNode.Scalar scalar || ScalarText.KindOf(scalar) is not ScalarKind.Text)
        {
            Problems.Add(FieldDiagnostics.WrongType(node, PathOf(name, index), WantsText));
            return null;
        }

        if (rule?.Judge(scalar.Text) is var (complaint, remedy))
        {
            Problems.Add(FieldDiagnostics.BadText(node.Span, PathOf(name, index), scalar.Text, complaint, remedy));
            return null;
        }

        return new Located<string>(scalar.Text, node.Span);
    }

    private string PathOf(string name, int index) => index < 0 ? PathOf(name) : $"{PathOf(name)}[{index}]";
}
