using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gwctl.Providers.Aws.Api.Route53;

/// <summary>Route 53's spellings of ids and names, undone where answers are read.</summary>
public static class Route53Text
{
    /// <summary><c>/hostedzone/Z1</c> → <c>Z1</c>, <c>/change/C1</c> → <c>C1</c>; a bare id stays.</summary>
    [return: NotNullIfNotNull(nameof(id))]
    public static string? Id(string? id) => id?[(id.LastIndexOf('/') + 1)..];

    /// <summary>
    /// Decodes the three-digit octal escapes of a DNS name: <c>\052.example.com.</c> → <c>*.example.com.</c> An
    /// escape that would change the name's labels (a dot, a backslash) or is not printable ASCII stays as it is.
    /// </summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Name(string? name)
    {
        if (name is null || !name.Contains('\\'))
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            if (Escaped(name, index) is { } character)
            {
                text.Append(character);
                index += 3;
            }
            else
            {
                text.Append(name[index]);
            }
        }

        return text.ToString();
    }

    private static char? Escaped(string name, int index)
    {
        if (name[index] != '\\' || index + 3 >= name.Length)
        {
            return null;
        }

        var code = 0;
        for (var digit = 1; digit <= 3; digit++)
        {
            if (name[index + digit] is not (>= '0' and <= '7'))
            {
                return null;
            }

            code = (code * 8) + (name[index + digit] - '0');
        }

        var character = (char)code;
        return code is > 0x20 and < 0x7F && character is not ('.' or '\\') ? character : null;
    }
}
