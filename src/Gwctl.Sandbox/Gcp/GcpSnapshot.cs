using System.Text;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Gcp;

internal static class GcpSnapshot
{
    private static readonly string[] Traces = ["operations", "@requests", "changes"];

    public static string Render(Tables tables)
    {
        var text = new StringBuilder();
        var resources = tables.ByName.Where(table =>
            table.Key.StartsWith(GcpCloud.TablePrefix, StringComparison.Ordinal)
            && !Traces.Contains(table.Key.Split('/')[^1]));
        foreach (var (table, rows) in resources.OrderBy(table => table.Key, StringComparer.Ordinal))
        {
            foreach (var (key, document) in rows)
            {
                text.Append(table).Append(' ').Append(key).Append(' ')
                    .Append(ValueJson.ToText(document)).Append('\n');
            }
        }

        return text.ToString();
    }
}
