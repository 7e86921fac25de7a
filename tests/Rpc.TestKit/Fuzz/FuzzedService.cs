using Rpc.TestKit.Contracts;

namespace Rpc.TestKit.Fuzz;

/// <summary>Serves <see cref="IFuzzed"/>; some of its arguments make it fail in some way.</summary>
public sealed class FuzzedService : IFuzzed
{
    /// <summary>The texts that make <see cref="Echo"/> fail or return something that cannot be sent.</summary>
    public static IReadOnlyList<string> Triggers { get; } = ["throw", "refuse", "cancel", "large", "surrogate"];

    private int _entered;

    /// <summary>How many calls have entered the service.</summary>
    public int Entered => Volatile.Read(ref _entered);

    public Task<string?> Echo(string? text)
    {
        Enter();
        return text switch
        {
            "throw" => throw new InvalidOperationException(text),
            "refuse" => throw new RpcException(RpcStatus.NotFound, "nothing of that name", new[] { text }),
            "cancel" => throw new OperationCanceledException(text),
            "large" => Task.FromResult<string?>(new string('x', 200_000)),
            "surrogate" => Task.FromResult<string?>("\ud800"),
            _ => Task.FromResult(text),
        };
    }

    public Task<long> Add(int left, long right, CancellationToken cancellationToken)
    {
        Enter();
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(unchecked(left + right));
    }

    public Task<Loop?> Nest(Loop? value)
    {
        Enter();
        return Task.FromResult(value is null ? Loop.Endless() : value.Next);
    }

    public Task<int> Count(Dictionary<string, List<int?>> numbers, (bool, Guid)? more)
    {
        Enter();
        return Task.FromResult(numbers.Sum(static entry => entry.Value?.Count ?? 0));
    }

    public Task Nothing()
    {
        Enter();
        return Task.CompletedTask;
    }

    public Task Note(string line)
    {
        Enter();
        return line == "throw" ? throw new InvalidOperationException(line) : Task.CompletedTask;
    }

    public Task NoteAgain(string line) => Note(line);

    private void Enter()
    {
        Interlocked.Increment(ref _entered);

        // What the caller sent beside its arguments is there for handlers to look at, whatever it is.
        _ = RpcCallContext.Current is { } call ? call.Headers.Count + (call.UserId?.Length ?? 0) + call.Attempt : 0;
    }
}
