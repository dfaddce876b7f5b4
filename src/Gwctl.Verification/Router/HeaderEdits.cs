using Gwctl.Compiler.Specs;
using Gwctl.Core;

namespace Gwctl.Verification.Router;

/// <summary>Header modifications of requests and responses.</summary>
public static class HeaderEdits
{
    /// <summary>Sets, then adds, then removes. What is set replaces all headers of the name and stands where the first
    /// stood; what is added is appended to the value that is there, after a comma.</summary>
    public static EquatableList<HeaderField> Apply(HeaderEditSpec edit, EquatableList<HeaderField> headers)
    {
        var edited = headers.ToList();
        foreach (var header in edit.Set)
        {
            var first = IndexOf(edited, header.Name);
            edited.RemoveAll(field => IsNamed(field, header.Name));
            edited.Insert(first < 0 ? edited.Count : first, new HeaderField(header.Name, header.Value));
        }

        foreach (var header in edit.Add)
        {
            var last = edited.FindLastIndex(field => IsNamed(field, header.Name));
            if (last < 0)
            {
                edited.Add(new HeaderField(header.Name, header.Value));
            }
            else
            {
                edited[last] = edited[last] with { Value = $"{edited[last].Value},{header.Value}" };
            }
        }

        foreach (var name in edit.Remove)
        {
            edited.RemoveAll(field => IsNamed(field, name));
        }

        return [.. edited];
    }

    private static int IndexOf(List<HeaderField> headers, string name) =>
        headers.FindIndex(field => IsNamed(field, name));

    private static bool IsNamed(HeaderField field, string name) =>
        field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
