using System.Collections.Frozen;
using Gwctl.Engine.Resources;

namespace Gwctl.Providers.Gcp.Reading;

/// <summary>Fits what lives to how the specs would write it: a member that Google filled in is left out where nobody
/// wants it, and one that Google left out because it is the default is written where somebody does. Pure.</summary>
internal static class Fitting
{
    /// <summary>What Google fills in besides what is false, empty or 0, by the member's name. Only inside of lists does
    /// it matter: elsewhere what is not wanted is not compared.</summary>
    private static readonly FrozenDictionary<string, AttributeValue> s_defaults =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["balancingMode"] = Attr.Text("UTILIZATION"),
            ["capacityScaler"] = Attr.Text("1"),
            ["maxUtilization"] = Attr.Text("0.8"),
            ["mirrorPercent"] = Attr.Text("100"),
            ["numRetries"] = Attr.Number(1),
            ["portSpecification"] = Attr.Text("USE_FIXED_PORT"),
            ["preference"] = Attr.Text("DEFAULT"),
            ["proxyHeader"] = Attr.Text("NONE"),
            ["redirectResponseCode"] = Attr.Text("MOVED_PERMANENTLY_DEFAULT"),
            ["replace"] = Attr.Flag(true),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="live">As Google answers.</param>
    /// <param name="wanted">The node's attributes; null where no node has the address.</param>
    public static AttributeMap Fit(AttributeMap live, AttributeMap? wanted) =>
        wanted is null ? live : Fit(live, wanted, isInList: false);

    private static AttributeMap Fit(AttributeMap live, AttributeMap wanted, bool isInList)
    {
        var fitted = new List<AttributeField>(live.Fields.Count);
        foreach (var field in live.Fields)
        {
            if (wanted[field.Name] is { } want)
            {
                fitted.Add(field with { Value = Fit(field.Value, want, isInList) });
            }
            else if (!isInList || !IsDefault(field.Name, field.Value))
            {
                fitted.Add(field);
            }
        }

        fitted.AddRange(wanted.Fields.Where(
            field => live[field.Name] is null && IsDefault(field.Name, field.Value)));
        return new AttributeMap(fitted);
    }

    private static AttributeValue Fit(AttributeValue live, AttributeValue wanted, bool isInList) =>
        (live, wanted) switch
        {
            (AttributeValue.Map(var found), AttributeValue.Map(var want)) => Attr.Map(Fit(found, want, isInList)),
            (AttributeValue.List(var found), AttributeValue.List(var want)) => Attr.List(
                found.Select((item, index) => FitItem(item, index < want.Count ? want[index] : null))),
            _ => live,
        };

    private static AttributeValue FitItem(AttributeValue live, AttributeValue? wanted) => live is AttributeValue.Map map
        ? Attr.Map(Fit(
            map.Fields, wanted is AttributeValue.Map(var want) ? want : AttributeMap.Empty, isInList: true))
        : live;

    private static bool IsDefault(string name, AttributeValue value) => value switch
    {
        _ when s_defaults.TryGetValue(name, out var usual) => usual.Equals(value),
        AttributeValue.Text(var text) => text is "" || (BodyForm.Fractions.Contains(name) && text is "0"),
        AttributeValue.Number(var number) => number is 0,
        AttributeValue.Flag(var flag) => !flag,
        AttributeValue.List(var items) => items.Count is 0,
        AttributeValue.Map(var fields) => fields.Fields.All(field => IsDefault(field.Name, field.Value)),
        _ => false,
    };
}
