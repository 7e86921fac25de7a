using System.Globalization;
using System.Text.RegularExpressions;
using Rpc.TestKit.Broker;

namespace Rpc.TestKit.Faults;

/// <summary>What a broker holds for its clients. Queues of requests live on for a while and are not counted.</summary>
/// <param name="Connections">How many connections.</param>
/// <param name="Channels">How many channels.</param>
/// <param name="ReplyQueues">How many reply queues of ours.</param>
/// <param name="InstanceQueues">How many instance queues of ours.</param>
public sealed partial record BrokerFigures(int Connections, int Channels, int ReplyQueues, int InstanceQueues)
{
    // One question instead of three: each run of rabbitmqctl takes a second.
    private const string Question = """
        Names = [N || {resource, _, queue, N} <- rabbit_amqqueue:list_names()],
        Count = fun(P) -> length([N || N <- Names, binary:longest_common_prefix([N, P]) =:= byte_size(P)]) end,
        io:format("figures ~b ~b ~b ~b~n", [length(rabbit_networking:connections()), length(rabbit_channel:list()), Count(<<"rpc.reply.">>), Count(<<"rpc.instance.">>)]).
        """;

    /// <summary>Asks a broker.</summary>
    public static async Task<BrokerFigures> OfAsync(PrivateBroker broker)
    {
        var answer = await broker.RunCtlAsync("eval", Question);
        var numbers = Figures().Match(answer);
        return numbers.Success
            ? new BrokerFigures(Number(1), Number(2), Number(3), Number(4))
            : throw new FormatException($"Expected four figures, and rabbitmqctl said: {answer}");

        int Number(int group) => int.Parse(numbers.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"figures (\d+) (\d+) (\d+) (\d+)")]
    private static partial Regex Figures();
}
