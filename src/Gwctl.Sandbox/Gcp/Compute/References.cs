using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp.Compute;

/// <summary>What a resource says about other resources.</summary>
internal static class References
{
    /// <summary>A copy in which every reference is a whole link to a resource that is there and ready.</summary>
    public static Struct Resolve(GcpCall call, ComputeKind kind, ComputeName owner, Struct content) =>
        Map(kind, content, "resource", (rule, field, text) => Resolve(call, rule, owner, field, text).Link);

    /// <summary>The paths of everything that a kept resource refers to.</summary>
    public static IEnumerable<string> Of(ComputeKind kind, Struct document)
    {
        var found = new List<string>();
        Map(kind, document, "", (_, _, text) =>
        {
            found.Add(ComputeName.Parse(text, "")?.Path ?? text);
            return text;
        });
        return found;
    }

    public static ComputeName Resolve(
        GcpCall call, ReferenceRule rule, ComputeName owner, string field, string text)
    {
        if (ComputeName.Parse(text, call.Project) is not { } name)
        {
            throw GcpErrors.Invalid(field, text, "The URL is malformed.");
        }

        if (!rule.Collections.Contains(name.Collection))
        {
            throw GcpErrors.Invalid(
                field, text, $"Unexpected resource collection '{name.Collection}', expected one of "
                + $"[{string.Join(", ", rule.Collections)}].");
        }

        if (rule.SameScope && name.Scope != owner.Scope)
        {
            throw GcpErrors.Invalid(
                field, text, $"Resource must be in scope '{owner.Scope.Path}', not in '{name.Scope.Path}'.");
        }

        ComputeRows.RequireReady(call, name);
        return name;
    }

    private static Struct Map(
        ComputeKind kind, Struct content, string path, Func<ReferenceRule, string, string, string> replace)
    {
        var result = new Struct();
        foreach (var (name, value) in content)
        {
            var field = $"{path}.{name}";
            var rule = kind.References.FirstOrDefault(rule => rule.Member == name);
            result.Add(name, value switch
            {
                // A URL map's tests name services that they expect, which need not be there.
                ListValue when name is "tests" => value,
                TextValue text when rule is not null => new TextValue(replace(rule, field, text.Content)),
                Struct inner => Map(kind, inner, field, replace),
                ListValue list => MapList(kind, rule, list, field, replace),
                _ => value,
            });
        }

        return result;
    }

    private static ListValue MapList(
        ComputeKind kind, ReferenceRule? rule, ListValue list, string field,
        Func<ReferenceRule, string, string, string> replace) =>
        new(list.Select((item, index) => item switch
        {
            TextValue text when rule is not null => new TextValue(replace(rule, $"{field}[{index}]", text.Content)),
            Struct inner => Map(kind, inner, $"{field}[{index}]", replace),
            _ => item,
        }));
}
