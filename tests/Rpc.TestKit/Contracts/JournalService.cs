using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Rpc.TestKit.Contracts;

/// <summary>Keeps the lines it is given.</summary>
/// <param name="before">What a line meets before it is kept.</param>
public sealed class JournalService(Func<string, Task>? before = null) : IJournal
{
    private readonly Channel<string> _arrivals = Channel.CreateUnbounded<string>();

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The next line that was kept.</summary>
    public Task<string> NextAsync() => _arrivals.Reader.ReadAsync().AsTask();

    public Task Write(string line) => KeepAsync(line);

    public async ValueTask Overwrite(string line, CancellationToken cancellationToken) => await KeepAsync(line);

    public Task<int> Count() => Task.FromResult(Lines.Count);

    private async Task KeepAsync(string line)
    {
        if (before is not null)
        {
            await before(line);
        }

        Lines.Enqueue(line);
        _arrivals.Writer.TryWrite(line);
    }
}
