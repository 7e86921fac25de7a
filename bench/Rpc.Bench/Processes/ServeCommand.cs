using System.CommandLine;
using Rpc.Bench.Contenders;
using Rpc.Bench.Contract;
using Rpc.Bench.Load;

namespace Rpc.Bench.Processes;

/// <summary><c>serve</c>, hidden: one contender's server, as a process that answers on standard output and ends with standard input.</summary>
internal static class ServeCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "serve";

    public static Command Create()
    {
        var contender = new Argument<string>("contender");
        var address = new Argument<string>("address");
        var queue = new Argument<string>("queue");
        var concurrency = new Argument<int>("concurrency");
        var command = new Command(Name, "One contender's server.") { contender, address, queue, concurrency };
        command.Hidden = true;
        command.SetAction((arguments, _) => RunAsync(
            Contestants.Find(arguments.GetRequiredValue(contender)),
            new ServerSetup(arguments.GetRequiredValue(address), arguments.GetRequiredValue(queue), arguments.GetValue(concurrency), new WorkService())));
        return command;
    }

    private static async Task<int> RunAsync(Contender contender, ServerSetup setup)
    {
        await using var server = await contender.ServeAsync(setup);
        Lines.Write(new ServerReady(server.Address));
        while (await Console.In.ReadLineAsync() is not null)
        {
            Lines.Write(ProcessUsage.Now());
        }

        return 0;
    }
}
