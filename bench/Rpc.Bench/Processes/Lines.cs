using System.Text.Json;

namespace Rpc.Bench.Processes;

/// <summary>What the processes of a benchmark tell each other: one value a line, as JSON.</summary>
internal static class Lines
{
    /// <summary>Writes a value to standard output.</summary>
    public static void Write<T>(T value)
    {
        Console.Out.WriteLine(ToLine(value));
        Console.Out.Flush();
    }

    /// <summary>A value as a line.</summary>
    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value);

    /// <summary>Reads a value.</summary>
    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line) ?? throw new FormatException($"'{line}' is no {typeof(T)}.");
}
