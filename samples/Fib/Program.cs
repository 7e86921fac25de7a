using System.CommandLine;
using Rpc;
using Samples.Fib;

var root = new RootCommand("Fibonacci numbers by remote call. Without a command: server and client in one process, over the embedded broker.")
{
    ServerCommand.Create(),
    ClientCommand.Create(),
};
root.SetAction((_, cancellationToken) => Demo.RunAsync(cancellationToken));

var parsed = root.Parse(args);
if (parsed.Errors is [var wrong, ..])
{
    return Fail(2, $"{wrong.Message} Try --help.");
}

try
{
    // Long enough for a server to drain after Ctrl+C, which cancels the token that the commands get.
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
}
catch (RpcException failure)
{
    return Fail(1, failure.Message);
}
catch (ArgumentException wrongValue)
{
    return Fail(2, wrongValue.Message);
}
catch (OperationCanceledException)
{
    return Fail(130, "Cancelled.");
}

// One line, whatever the text.
static int Fail(int exitCode, string message)
{
    Console.Error.WriteLine("fib: " + message.ReplaceLineEndings(" "));
    return exitCode;
}
