using Rpc.TestKit.Faults;
using Rpc.TestKit.Interop;

namespace Rpc.Bench.Soak;

/// <summary>A server, in this process or one of its own, and its line to the broker.</summary>
internal sealed class SoakServer(TcpProxy line, Func<Task<IAsyncDisposable>> start) : IAsyncDisposable
{
    private IAsyncDisposable _running = null!;

    public TcpProxy Line => line;

    /// <summary>Whether it can be killed without us.</summary>
    public bool IsProcess => _running is ForeignProgram;

    public async Task StartAsync() => _running = await start();

    /// <summary>Ends it as a crash would, and starts the next one.</summary>
    public async Task KillAsync()
    {
        await ((ForeignProgram)_running).KillAsync();
        await _running.DisposeAsync();
        await StartAsync();
    }

    /// <summary>Lets it finish, as a deployment does, and starts the next one.</summary>
    public async Task ReplaceAsync()
    {
        if (_running is ForeignProgram program)
        {
            await program.StopAsync();
        }

        await _running.DisposeAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        await line.DisposeAsync();
    }
}
