using System.Globalization;
using System.Text.RegularExpressions;
using Rpc.Bench.Load;
using Rpc.Bench.Processes;
using Rpc.TestKit.Broker;

namespace Rpc.Bench.Compare;

/// <summary>What the broker has counted: a second opinion on how many messages there were, and not ours.</summary>
internal static partial class BrokerCounters
{
    /// <summary>How many calls shared a message: the requests' messages are the ones that are acknowledged, each once.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="pair">Whose calls; nothing else is at work.</param>
    /// <param name="seconds">For how long.</param>
    public static async Task<double> CallsPerMessageAsync(PrivateBroker broker, Pair pair, double seconds)
    {
        var before = await AcknowledgedAsync(broker);
        var result = await pair.RunAsync(new LoadOrder(LoadKind.Closed, WorkItem.Next, 64, seconds));
        return result.Client.AllCalls / Math.Max(1.0, await AcknowledgedAsync(broker) - before);
    }

    private static async Task<long> AcknowledgedAsync(PrivateBroker broker) => AcknowledgedCount()
        .Matches(await broker.RunCtlAsync("eval", "rabbit_global_counters:overview()."))
        .Sum(static match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"messages_acknowledged_total\s*=>\s*(\d+)")]
    private static partial Regex AcknowledgedCount();
}
