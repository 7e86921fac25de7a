namespace Rpc.Bench.Reports;

/// <summary>Medians, and how numbers are written in reports.</summary>
internal static class Medians
{
    /// <summary>The middle value; the mean of the two in the middle where the number of values is even; NaN of none.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>A number with three significant digits, or none behind the point from a hundred on.</summary>
    public static string Text(this double value) => FormattableString.Invariant(
        double.IsNaN(value) ? (FormattableString)$"–" : Math.Abs(value) >= 100 ? $"{value:N0}" : Math.Abs(value) >= 10 ? $"{value:N1}" : (FormattableString)$"{value:N2}");

    /// <summary>A ratio.</summary>
    public static string Times(this double ratio) => double.IsNaN(ratio) ? "–" : FormattableString.Invariant($"{ratio:0.00} ×");
}
