using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples.Fib;

/// <summary>Reads durations as people write them: 500ms, 5s, 1.5m.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Milliseconds)[] s_units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    public static TimeSpan Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
        foreach (var (unit, milliseconds) in s_units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value * milliseconds is > 0 and <= 24 * 3_600_000)
            {
                return TimeSpan.FromMilliseconds(value * milliseconds);
            }
        }

        argument.AddError($"'{text}' is not a duration: write a positive number with ms, s, m or h, up to 24h, such as 500ms or 5s.");
        return default;
    }
}
