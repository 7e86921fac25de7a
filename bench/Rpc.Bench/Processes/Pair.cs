using System.Globalization;
using Rpc.Bench.Contenders;
using Rpc.Bench.Load;

namespace Rpc.Bench.Processes;

/// <summary>One contender's server process and client process.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly BenchProcess _server;
    private readonly BenchProcess _client;

    private Pair(Contender contender, BenchProcess server, BenchProcess client)
    {
        Contender = contender;
        _server = server;
        _client = client;
    }

    /// <summary>Whose they are.</summary>
    public Contender Contender { get; }

    /// <summary>Starts both.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="address">The broker.</param>
    /// <param name="concurrency">How many calls run at once.</param>
    public static async Task<Pair> StartAsync(Contender contender, string address, int concurrency)
    {
        var queue = "bench." + contender.Id;
        var (server, ready) = await StartServerAsync(contender, address, queue, concurrency);
        try
        {
            return new Pair(contender, server, await StartClientAsync(contender, ready.Address, queue));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server process.</summary>
    public static Task<(BenchProcess Process, ServerReady Ready)> StartServerAsync(Contender contender, string address, string queue, int concurrency) =>
        BenchProcess.StartAsync<ServerReady>(ServeCommand.Name, contender.Id, address, queue, concurrency.ToString(CultureInfo.InvariantCulture));

    /// <summary>Starts a client process.</summary>
    public static async Task<BenchProcess> StartClientAsync(Contender contender, string address, string queue) =>
        (await BenchProcess.StartAsync<ClientReady>(LoadCommand.Name, contender.Id, address, queue)).Process;

    /// <summary>Has the client put load on the server.</summary>
    /// <param name="order">The load.</param>
    public async Task<PairResult> RunAsync(LoadOrder order)
    {
        var before = await ServerUsageAsync();
        var result = await _client.AskAsync<LoadOrder, LoadResult>(order);
        return new PairResult(result, await ServerUsageAsync() - before);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private Task<ProcessUsage> ServerUsageAsync() => _server.AskAsync<string, ProcessUsage>("usage");
}
