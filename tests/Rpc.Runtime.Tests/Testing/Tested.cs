using System.Collections.Concurrent;

namespace Rpc.Runtime.Tests.Testing;

/// <summary>Serves both contracts and remembers what it was asked.</summary>
internal sealed class Tested : ITested, ITestedBare
{
    public ConcurrentQueue<string> Ran { get; } = new();

    public Task<long> Twice(int n, CancellationToken cancellationToken) => RunAsync($"twice {n}", 2L * n);

    public Task<long> Look(int n) => RunAsync($"look {n}", (long)n);

    public Task Tell(string text) => RunAsync($"tell {text}", 0);

    public Task<int> Next(int n) => RunAsync($"next {n}", n + 1);

    private Task<T> RunAsync<T>(string what, T result)
    {
        Ran.Enqueue(what);
        return Task.FromResult(result);
    }
}
