using System.CommandLine;
using Rpc;

namespace Samples.Fib;

/// <summary><c>client n</c>: one call; prints just the number.</summary>
internal static class ClientCommand
{
    public static Command Create()
    {
        var n = new Argument<int>("n") { Description = "Which Fibonacci number: 0 to 92." };
        var broker = BrokerOptions.Broker();
        var queue = BrokerOptions.Queue();
        var bare = BrokerOptions.Bare();
        var timeout = new Option<TimeSpan>("--timeout")
        {
            Description = "The longest the call may take, such as 5s, 500ms or 1m.",
            CustomParser = Durations.Parse,
            DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
        };
        var command = new Command("client", "Ask for one Fibonacci number and print it.") { n, broker, queue, bare, timeout };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(n),
            arguments.GetRequiredValue(broker),
            new RpcRoute { Queue = arguments.GetValue(queue), Wire = arguments.GetValue(bare) ? RpcWire.Bare : null },
            arguments.GetValue(timeout),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int n, string broker, RpcRoute route, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var options = new RpcClientOptions { ConnectionName = "fib client", Timeout = timeout };
        await using var client = await RpcClient.ConnectAsync(broker, options, cancellationToken);
        Console.WriteLine(await client.Create<IFib>(route).Fib(n, cancellationToken));
        return 0;
    }
}
