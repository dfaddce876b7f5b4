using System.Globalization;
using Gwctl.Sandbox.Contracts;
using Gwctl.Sandbox.Values;

namespace Gwctl.Sandbox.Aws.Wire;

/// <summary>Single values as the text protocols write them.</summary>
internal static class Scalars
{
    public static Value? Decode(Shape shape, string text, string path, List<ContractViolation> violations)
    {
        Value? value = shape.Type switch
        {
            ShapeType.String or ShapeType.Blob => new TextValue(text),
            ShapeType.Integer => long.TryParse(text, out var whole) ? new NumberValue(whole) : null,
            ShapeType.Fraction => double.TryParse(text, out var number) ? new NumberValue(number) : null,
            ShapeType.Boolean => text switch
            {
                "true" => new FlagValue(true),
                "false" => new FlagValue(false),
                _ => null,
            },
            ShapeType.Timestamp => DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? new NumberValue(time.ToUnixTimeMilliseconds() / 1000.0)
                : null,
            _ => null,
        };
        if (value is null)
        {
            violations.Add(new(ViolationKind.WrongType, path, text, $"Member must be a valid {shape.Type}"));
        }

        return value;
    }

    public static string Encode(Shape shape, Value value) => value switch
    {
        NumberValue number when shape.Type is ShapeType.Timestamp => Iso8601(number.Content),
        NumberValue number when shape.Type is ShapeType.Integer => $"{(long)number.Content}",
        _ => $"{value}",
    };

    private static string Iso8601(double seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
