using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Rpc.Diagnostics;

namespace Rpc.Telemetry.Tests;

/// <summary>docs/telemetry.md lists every metric, attribute and log event, and no others: so none is renamed by accident.</summary>
public sealed partial class DocumentTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(
        typeof(DocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ProjectDirectory").Value!, "..", "..", "docs", "telemetry.md"));

    [Fact]
    public void Metrics_are_those_of_the_meter()
    {
        var instruments = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == RpcTelemetry.Name)
                {
                    instruments.Add($"{instrument.Name}, {KindOf(instrument)}, {instrument.Unit}");
                }
            },
        };
        Assert.False(ClientTelemetry.IsOn || ServerTelemetry.IsOn); // the instruments exist now
        listener.Start();

        var listed = Rows("## Metrics").Select(static row => $"{Code(row[0])}, {row[1].Replace("`", string.Empty, StringComparison.Ordinal)}");

        Assert.Equal(instruments.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(13, instruments.Count);
    }

    [Fact]
    public void Attributes_are_those_of_the_code()
    {
        var names = typeof(TelemetryAttributes).GetFields().Where(static field => field.IsLiteral).Select(static field => (string)field.GetRawConstantValue()!)
            .Except([TelemetryAttributes.SystemName, TelemetryAttributes.OtherMethod, TelemetryAttributes.RetryEvent]);

        var listed = Rows("## Attributes").SelectMany(static row => row[0].Split(", ")).Select(Code);

        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Log_events_are_those_of_the_code_and_their_ids_are_their_own()
    {
        var events = LogMethods()
            .Select(static line => $"| {line.Event.EventId} | `{line.Method.Name}` | {line.Event.Level} | {line.Event.Message} |")
            .Order(StringComparer.Ordinal)
            .ToList();

        var listed = Rows("## Log events").Select(static row => $"| {string.Join(" | ", row)} |");

        Assert.Equal(events, listed.Order(StringComparer.Ordinal));
        Assert.True(events.Count >= 19, $"only {events.Count} were found: the search is broken");
        Assert.Equal(events.Count, LogMethods().Select(static line => line.Event.EventId).Distinct().Count());
    }

    [Fact]
    public void Log_events_lie_in_the_range_of_their_class()
    {
        var ranges = new Dictionary<string, int> { ["ClientLog"] = 1, ["ServerLog"] = 2, ["TransportLog"] = 3, ["HostingLog"] = 4 };

        Assert.All(LogMethods(), line => Assert.Equal(ranges[line.Method.DeclaringType!.Name], line.Event.EventId / 100));
    }

    private static IEnumerable<(MethodInfo Method, Microsoft.Extensions.Logging.LoggerMessageAttribute Event)> LogMethods() => typeof(RpcClient).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(static method => (method, method.GetCustomAttribute<Microsoft.Extensions.Logging.LoggerMessageAttribute>()!))
        .Where(static line => line.Item2 is not null);

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Histogram" => "histogram",
        "Counter" => "counter",
        "UpDownCounter" => "up-down counter",
        "ObservableGauge" => "gauge",
        var other => other,
    };

    private static string Code(string cell) => cell.Trim('`');

    // The cells of a section's table, without its head.
    private static List<string[]> Rows(string section)
    {
        var text = s_page[s_page.IndexOf($"\n{section}\n", StringComparison.Ordinal)..];
        var rows = Row().Matches(NextSection().Split(text[1..])[0]).Select(static row => row.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries)).Skip(2).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    [GeneratedRegex(@"^\| ?(.*?) ?\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\n## ")]
    private static partial Regex NextSection();
}
