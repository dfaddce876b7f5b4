using System.Text;
using Gwctl.Sandbox.DataPlane.Addresses;
using Gwctl.Sandbox.Gcp;
using Gwctl.Sandbox.State;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws;

internal static class AwsSnapshot
{
    public static string Render(Tables tables)
    {
        var text = new StringBuilder();
        var cloud = tables.ByName
            .Where(table => !table.Key.StartsWith(AddressBook.TablePrefix, StringComparison.Ordinal))
            .Where(table => !table.Key.StartsWith(GcpCloud.TablePrefix, StringComparison.Ordinal));
        foreach (var (table, rows) in cloud.OrderBy(table => table.Key, StringComparer.Ordinal))
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
