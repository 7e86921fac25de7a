using System.Net;
using System.Net.Sockets;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>What is written to a broker, over a socket that takes what is sent when the test says so.</summary>
public sealed class BrokerStreamTests : IAsyncLifetime
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Socket _peer = null!;
    private BrokerSocket _broker = null!;
    private GatedStream _stream = null!;

    public async ValueTask InitializeAsync()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        await _socket.ConnectAsync(_listener.LocalEndPoint!);
        _peer = await _listener.AcceptAsync();
        _broker = new BrokerSocket(_socket);
        _stream = new GatedStream(_socket, _broker);
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        _broker.Dispose();
        _peer.Dispose();
        _listener.Dispose();
        return default;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Writes_of_all_sizes_ArriveWholeAndInOrder(int seed)
    {
        var random = new Random(seed);
        var writes = Enumerable.Range(0, 2_000).Select(_ => new byte[random.Next(20) switch
        {
            0 => random.Next(200_000),
            1 => BrokerStream.MaxKept + random.Next(-1, 2),
            _ => random.Next(300),
        }]).ToArray();
        Array.ForEach(writes, random.NextBytes);
        var expected = writes.SelectMany(static bytes => bytes).ToArray();
        var reading = ReadAsync(expected.Length);

        foreach (var bytes in writes)
        {
            var copy = bytes.ToArray();
            await _stream.WriteAsync(copy);
            Array.Clear(copy); // the writer's again
        }

        var read = await reading.Soon();
        Assert.True(expected.AsSpan().SequenceEqual(read));
        Assert.InRange(_stream.Sends, 1, writes.Length);
    }

    [Fact]
    public async Task Lone_write_GoesAtOnce()
    {
        await _stream.WriteAsync(new byte[10]);

        Assert.Equal(1, _stream.Sends); // by the writer's own thread
        await ReadAsync(10).Soon();
    }

    [Fact]
    public async Task Writes_behind_one_that_waits_GoTogether()
    {
        await FillAsync();
        for (var i = 0; i < 100; i++)
        {
            await _stream.WriteAsync(new byte[100]);
        }

        Assert.Equal(1, _stream.Sends);
        _stream.Gate.SetResult();
        await ReadAsync(1 + (100 * 100)).Soon();
        Assert.Equal(2, _stream.Sends);
    }

    [Fact]
    public async Task Write_that_is_too_much_to_keep_WaitsUntilAllIsSent()
    {
        await FillAsync();
        var waiting = _stream.WriteAsync(new byte[BrokerStream.MaxKept + 1]).AsTask();
        Assert.False(waiting.IsCompleted);

        _stream.Gate.SetResult();
        await ReadAsync(1 + BrokerStream.MaxKept + 1).Soon();
        await waiting.Soon();
    }

    [Fact]
    public async Task Write_that_waits_EndsWithItsToken_AndIsNotSent()
    {
        await FillAsync();
        using var source = new CancellationTokenSource();
        var waiting = _stream.WriteAsync(new byte[BrokerStream.MaxKept + 1], source.Token).AsTask();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        _stream.Gate.SetResult();
        await ReadAsync(1).Soon();
        Assert.Equal(1, _stream.Sends);
    }

    [Fact]
    public async Task Send_that_fails_EndsTheConnection_WhoeverWaitsAndWhoeverComes()
    {
        await FillAsync();
        var waiting = _stream.WriteAsync(new byte[BrokerStream.MaxKept + 1]).AsTask();
        var reading = _stream.ReadAsync(new byte[1]).AsTask();
        _stream.Gate.SetException(new SocketException((int)SocketError.ConnectionReset));

        await Assert.ThrowsAsync<IOException>(() => waiting.Soon());
        await Assert.ThrowsAnyAsync<Exception>(() => reading.Soon());
        var next = await Assert.ThrowsAsync<IOException>(async () => await _stream.WriteAsync(new byte[1]));
        Assert.Contains("was lost while something was sent", next.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_write_that_fails_EndsTheConnectionToo()
    {
        _stream.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = _stream.WriteAsync(new byte[BrokerStream.MaxKept + 1]).AsTask();
        var reading = _stream.ReadAsync(new byte[1]).AsTask();
        _stream.Gate.SetException(new SocketException((int)SocketError.HostUnreachable));

        await Assert.ThrowsAsync<SocketException>(() => writing.Soon());
        await Assert.ThrowsAnyAsync<Exception>(() => reading.Soon());
        await Assert.ThrowsAsync<IOException>(async () => await _stream.WriteAsync(new byte[1]));
    }

    [Fact]
    public async Task Last_word_IsSentBeforeTheEnd()
    {
        await FillAsync();
        await _stream.WriteAsync(new byte[10]);
        var disposing = _stream.DisposeAsync().AsTask();
        _stream.Gate.SetResult();

        await disposing.Soon();
        await ReadAsync(11).Soon();
    }

    [Fact]
    public async Task Last_word_that_cannot_be_sent_HoldsUpTheEndNotForLong()
    {
        await FillAsync();
        await _stream.DisposeAsync().AsTask().Soon();
    }

    // Lets the stream send something that waits at the gate.
    private async Task FillAsync()
    {
        _stream.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _stream.WriteAsync(new byte[1]);
        Assert.Equal(1, _stream.Sends);
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = await _peer.ReceiveAsync(bytes.AsMemory(read));
            Assert.NotEqual(0, more);
            read += more;
        }

        return bytes;
    }

    private sealed class GatedStream(Socket socket, BrokerSocket owner) : BrokerStream(socket, owner)
    {
        private long _sends;

        public TaskCompletionSource Gate { get; set; } = Passable();

        public long Sends => Interlocked.Read(ref _sends);

        protected override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _sends);
            await Gate.Task;
            await base.SendAsync(bytes, cancellationToken);
        }

        private static TaskCompletionSource Passable()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}
