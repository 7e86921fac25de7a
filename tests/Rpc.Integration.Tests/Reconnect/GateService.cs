using System.Threading.Channels;

namespace Rpc.Integration.Tests.Reconnect;

internal sealed class GateService : IGate
{
    private readonly Channel<int> _entered = Channel.CreateUnbounded<int>();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public async Task WhenEnteredAsync() => await _entered.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<int> Pass(int n, CancellationToken cancellationToken)
    {
        _entered.Writer.TryWrite(n);
        await _open.Task.WaitAsync(cancellationToken);
        return n;
    }

    public Task<int> Echo(int n) => Task.FromResult(n);
}
