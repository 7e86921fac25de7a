using System.CommandLine;
using Microsoft.Extensions.Options;
using Rpc;
using Samples.Orders;

var broker = new Option<string>("--broker")
{
    Description = "The broker: amqp://user:password@host:port/vhost. Without it, one that is embedded in this process.",
    HelpName = "uri",
    DefaultValueFactory = static _ => "memory://orders",
    Recursive = true,
};
var urls = new Option<string>("--urls") { Description = "Where HTTP is served.", DefaultValueFactory = static _ => "http://127.0.0.1:5080", Recursive = true };

var root = new RootCommand("A small shop. Without a command: all of it in one process, with a demonstration over HTTP, which ends by itself.")
{
    broker,
    urls,
    Part("all", Parts.All, "All of it in one process, until Ctrl+C."),
    Part("front", Parts.Front, "HTTP, until Ctrl+C."),
    Part("orders", Parts.Orders, "The service of orders, until Ctrl+C."),
    Part("stock", Parts.Stock, "The service of the stock, until Ctrl+C."),
};
root.SetAction((arguments, cancellationToken) => DemoAsync(arguments.GetRequiredValue(broker), cancellationToken));

var parsed = root.Parse(args);
if (parsed.Errors is [var wrong, ..])
    return Fail(2, $"{wrong.Message} Try --help.");

try
{
    // Ctrl+C is the host's business: it drains the server and then ends.
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (AggregateException several) when (several.InnerExceptions.All(static one => one is OptionsValidationException))
{
    return Fail(1, string.Join(' ', several.InnerExceptions.Select(static one => one.Message).Distinct())); // client's and server's
}
catch (Exception failure) when (failure is RpcException or OptionsValidationException or IOException)
{
    return Fail(1, failure.Message);
}

Command Part(string name, Parts parts, string description)
{
    var command = new Command(name, description);
    command.SetAction(async (arguments, cancellationToken) =>
    {
        var uri = arguments.GetRequiredValue(broker);
        if (parts != Parts.All && uri.StartsWith("memory:", StringComparison.Ordinal))
            return Fail(2, $"'{name}' alone needs --broker amqp://…: an embedded broker is not reached from other processes.");

        var host = Hosts.Create(parts, uri, arguments.GetRequiredValue(urls));
        await using var disposed = (IAsyncDisposable)host; // clients are closed asynchronously
        await host.StartAsync(cancellationToken);
        Console.WriteLine(host is WebApplication web ? $"Running {name} at {string.Join(' ', web.Urls)}. Ctrl+C stops." : $"Running {name}. Ctrl+C stops.");
        await host.WaitForShutdownAsync(cancellationToken);
        return 0;
    });
    return command;
}

static async Task<int> DemoAsync(string broker, CancellationToken cancellationToken)
{
    bool allAsExpected;
    await using (var app = (WebApplication)Hosts.Create(Parts.All, broker, "http://127.0.0.1:0"))
    {
        await app.StartAsync(cancellationToken);
        allAsExpected = await DemoScript.RunAsync(new Uri(app.Urls.Single()), Console.Out);
        await app.StopAsync(cancellationToken);
    }

    Console.WriteLine(allAsExpected ? "Everything as expected." : "Not everything as expected.");
    return allAsExpected ? 0 : 1;
}

static int Fail(int exitCode, string message)
{
    Console.Error.WriteLine("orders: " + message.ReplaceLineEndings(" "));
    return exitCode;
}
