using System.CommandLine;
using Rpc.Bench.Contenders;
using Rpc.Bench.Load;

namespace Rpc.Bench.Processes;

/// <summary><c>load</c>, hidden: one contender's client, as a process that carries out the orders on its standard input and ends with it.</summary>
internal static class LoadCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "load";

    public static Command Create()
    {
        var contender = new Argument<string>("contender");
        var address = new Argument<string>("address");
        var queue = new Argument<string>("queue");
        var command = new Command(Name, "One contender's client.") { contender, address, queue };
        command.Hidden = true;
        command.SetAction((arguments, _) => RunAsync(
            Contestants.Find(arguments.GetRequiredValue(contender)), arguments.GetRequiredValue(address), arguments.GetRequiredValue(queue)));
        return command;
    }

    private static async Task<int> RunAsync(Contender contender, string address, string queue)
    {
        await using var client = await contender.ConnectAsync(address, queue);
        var runner = new LoadRunner(client);
        Lines.Write(new ClientReady(Environment.ProcessId));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Lines.Write(await runner.RunAsync(Lines.Read<LoadOrder>(line)));
        }

        return 0;
    }
}
