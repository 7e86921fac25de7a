using Rpc;

namespace Samples.Fib;

/// <summary>Server and client in one process, over the embedded broker: the whole library in a dozen lines.</summary>
internal static class Demo
{
    private const string Broker = "memory://fib";
    private const int Last = 30;

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await RpcServer.StartAsync(Broker, services => services.Add<IFib>(new FibService()), cancellationToken: cancellationToken);
        await using var client = await RpcClient.ConnectAsync(Broker, cancellationToken: cancellationToken);
        var fib = client.Create<IFib>();

        // All calls are under way at once, and are printed as they return; only the last number's line is kept for the end.
        var last = CallAsync(Last);
        await foreach (var call in Task.WhenEach(Enumerable.Range(0, Last).Select(CallAsync)))
        {
            Console.WriteLine(await call);
        }

        Console.WriteLine(await last);
        return 0;

        async Task<string> CallAsync(int n) => $"fib({n}) = {await fib.Fib(n, cancellationToken)}";
    }
}
