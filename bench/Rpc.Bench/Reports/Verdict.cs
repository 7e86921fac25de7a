namespace Rpc.Bench.Reports;

/// <summary>Whether a target was met.</summary>
/// <param name="Target">What was to be reached.</param>
/// <param name="Figure">What was measured; <see langword="null"/> if nothing was.</param>
/// <param name="Met">Whether it was reached.</param>
internal sealed record Verdict(string Target, string? Figure, bool Met)
{
    /// <summary>As a line.</summary>
    public string Line => Figure is null ? $"not measured: {Target}" : $"{(Met ? "met" : "missed")}: {Target}: {Figure}";
}
