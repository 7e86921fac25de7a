using System.CommandLine;
using Microsoft.Extensions.Logging;
using Rpc;

namespace Samples.Fib;

/// <summary><c>server</c>: serves until Ctrl+C, then drains.</summary>
internal static class ServerCommand
{
    public static Command Create()
    {
        var broker = BrokerOptions.Broker();
        var queue = BrokerOptions.Queue();
        var bare = BrokerOptions.Bare();
        var concurrency = new Option<int>("--concurrency")
        {
            Description = "How many calls run at once (1 to 10000).",
            DefaultValueFactory = _ => 64,
        };
        var topology = new Option<RpcTopology?>("--topology")
        {
            Description = "What to do about the queue: Declare, Passive (take it as it is), None (do not ask), DeclareIfMissing. " +
                "Without it: Declare, or DeclareIfMissing with --bare.",
        };
        var delay = new Option<TimeSpan>("--delay")
        {
            Description = "How long each call takes on top, such as 200ms.",
            CustomParser = Durations.Parse,
        };
        var command = new Command("server", "Serve Fibonacci numbers until Ctrl+C, then finish what runs and leave.") { broker, queue, bare, concurrency, topology, delay };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetRequiredValue(broker),
            new RpcServiceOptions
            {
                Queue = arguments.GetValue(queue),
                Wire = arguments.GetValue(bare) ? RpcWire.Bare : null,
                Topology = arguments.GetValue(topology),
                MaxConcurrency = arguments.GetValue(concurrency),
            },
            arguments.GetValue(delay),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string broker, RpcServiceOptions service, TimeSpan delay, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(log => log
            .AddSimpleConsole(line => line.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning));
        var options = new RpcServerOptions { ConnectionName = "fib server", LoggerFactory = logs };
        await using (await RpcServer.StartAsync(broker, services => services.Add<IFib>(new FibService(delay), service), options, cancellationToken))
        {
            Console.WriteLine($"Serving {service.Queue ?? FibRpc.Fib.Queue}. Ctrl+C stops.");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Console.WriteLine("Draining.");
        }

        return 0;
    }
}
