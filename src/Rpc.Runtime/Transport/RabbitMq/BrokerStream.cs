using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// The bytes of one connection. RabbitMQ.Client 7.1.2 writes each AMQP method by itself, and a send of a few bytes costs as much as one of many: it was
/// half of a busy server's processor time. So a write that comes soon after another is kept for a moment, and goes together with what else comes meanwhile;
/// one that comes after a pause goes at once. As in other streams, one write is not to be begun before the one before has ended.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="owner">Told of what is heard, and closed when nothing more can be sent.</param>
internal class BrokerStream(Socket socket, BrokerSocket owner) : NetworkStream(socket), IThreadPoolWorkItem
{
    // What is larger than this, or comes when so much is kept, waits until the broker has taken what came before.
    internal const int MaxKept = 64 * 1024;

    // Some turns of the thread pool: a caller that waits for its lone call pays for none, and what comes in a stream does not notice one.
    private static readonly TimeSpan s_pause = TimeSpan.FromMicroseconds(50);

    private static readonly TimeSpan s_lastWord = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _kept = new(4096);
    private ArrayBufferWriter<byte> _sending = new(4096);
    private bool _isSending;
    private long _sent;
    private TaskCompletionSource? _allSent;
    private Exception? _failure;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        owner.Heard();
        return read;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">Something before could not be sent.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var atOnce = false;
        lock (_gate)
        {
            ThrowIfFailed();
            if (_kept.WrittenCount + buffer.Length > MaxKept)
            {
                return WriteLaterAsync(buffer, cancellationToken);
            }

            _kept.Write(buffer.Span);
            if (_isSending)
            {
                return default;
            }

            _isSending = true;
            atOnce = Stopwatch.GetElapsedTime(_sent) > s_pause;
        }

        if (atOnce)
        {
            _ = SendKeptAsync();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return default;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    /// <summary>Sends what is kept, if that is possible at once, and closes. The library says its last word just before.</summary>
    public override async ValueTask DisposeAsync()
    {
        await WhenAllSentAsync().WaitAsync(s_lastWord).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => _ = SendKeptAsync();

    /// <summary>Gives bytes to the operating system.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    protected virtual ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => base.WriteAsync(bytes, cancellationToken);

    private async ValueTask WriteLaterAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await WhenAllSentAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            ThrowIfFailed();
        }

        try
        {
            // Nothing is kept, and no other write comes before this one has ended.
            await SendAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    private Task WhenAllSentAsync()
    {
        lock (_gate)
        {
            return _isSending && _failure is null ? (_allSent ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    // Never throws: what it fails of is told to the next write.
    private async Task SendKeptAsync()
    {
        try
        {
            while (TryTake())
            {
                await SendAsync(_sending.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    // Ends the connection, since nobody may write any more: the library looks at what it reads.
    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure ??= exception;
            _allSent?.TrySetResult();
        }

        owner.Close();
    }

    private bool TryTake()
    {
        lock (_gate)
        {
            _sending.ResetWrittenCount();
            if (_kept.WrittenCount > 0)
            {
                (_kept, _sending) = (_sending, _kept);
                return true;
            }

            _isSending = false;
            _sent = Stopwatch.GetTimestamp();
            _allSent?.TrySetResult();
            _allSent = null;
            return false;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new IOException($"The connection was lost while something was sent: {failure.Message}", failure);
        }
    }
}
