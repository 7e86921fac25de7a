using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

namespace Rpc.Runtime.Tests.Faults;

/// <summary>The proxy itself, before a server that sends back what it gets.</summary>
public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private TcpProxy _proxy = null!;

    public ValueTask InitializeAsync()
    {
        _server.Start();
        _proxy = TcpProxy.Start("127.0.0.1", ((IPEndPoint)_server.LocalEndpoint).Port);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Forwards_both_ways_and_passes_the_end_on()
    {
        var (caller, target) = await ConnectAsync();

        await SendAsync(caller, 1);
        Assert.Equal(1, await ReceiveAsync(target));
        await SendAsync(target, 2);
        Assert.Equal(2, await ReceiveAsync(caller));
        caller.Shutdown(SocketShutdown.Send);
        Assert.Equal(-1, await ReceiveAsync(target));
        await SendAsync(target, 3); // the other half is still open
        Assert.Equal(3, await ReceiveAsync(caller));
        target.Dispose();
        Assert.Equal(-1, await ReceiveAsync(caller));
        await Eventually.IsTrueAsync(() => _proxy.Count == 0, "the connection is forgotten");
    }

    [Fact]
    public async Task Cut_ends_both_ends_and_takes_new_connections()
    {
        var (caller, target) = await ConnectAsync();

        _proxy.Cut();

        Assert.Equal(-1, await ReceiveAsync(caller));
        Assert.Equal(-1, await ReceiveAsync(target));
        var (next, _) = await ConnectAsync();
        Assert.True(next.Connected);
        Assert.Equal(2, _proxy.Accepted);
    }

    [Fact]
    public async Task Reset_is_an_error_and_not_an_end()
    {
        var (caller, target) = await ConnectAsync();

        _proxy.Reset();

        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(caller))).SocketErrorCode);
        Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(target))).SocketErrorCode);
    }

    [Fact]
    public async Task Refuses_until_it_is_told_otherwise()
    {
        await ConnectAsync();
        _proxy.Cut(refuseNew: true);

        var refused = await Assert.ThrowsAsync<SocketException>(async () => await ReceiveAsync(await DialAsync()));
        Assert.Equal(SocketError.ConnectionReset, refused.SocketErrorCode);
        Assert.Equal(1, _proxy.Accepted);

        _proxy.Resume();
        await ConnectAsync();
        Assert.Equal(2, _proxy.Accepted);
    }

    [Theory]
    [InlineData(ProxyDirection.ToTarget)]
    [InlineData(ProxyDirection.ToCaller)]
    public async Task Stalled_way_holds_everything_back_and_the_other_goes_on(ProxyDirection direction)
    {
        var (caller, target) = await ConnectAsync();
        var (held, holder, free, sender) = direction == ProxyDirection.ToTarget ? (target, caller, caller, target) : (caller, target, target, caller);
        _proxy.Stall(direction);

        await SendAsync(holder, 1);
        var receiving = ReceiveAsync(held);
        await SendAsync(sender, 2);
        Assert.Equal(2, await ReceiveAsync(free));
        Assert.False(receiving.IsCompleted);

        _proxy.Resume();
        Assert.Equal(1, await receiving.WithinDeadlineAsync());
    }

    [Fact]
    public async Task What_a_stalled_way_held_is_lost_with_a_cut()
    {
        var (caller, target) = await ConnectAsync();
        _proxy.Stall(ProxyDirection.ToTarget);
        await SendAsync(caller, 1);

        _proxy.Cut();

        Assert.Equal(-1, await ReceiveAsync(target));
    }

    [Fact]
    public async Task Slow_way_takes_its_time()
    {
        var (caller, target) = await ConnectAsync();
        _proxy.Slow(1000, ProxyDirection.ToTarget);

        var started = Stopwatch.GetTimestamp();
        await caller.SendAsync(new byte[500]);
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(0, await ReceiveAsync(target));
        }

        // Half a second but for the last piece, which is not waited for: a twentieth of a second.
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(400), $"{Stopwatch.GetElapsedTime(started)}");
    }

    private async Task<(Socket Caller, Socket Target)> ConnectAsync()
    {
        var accepting = _server.AcceptSocketAsync();
        var caller = await DialAsync();
        return (caller, await accepting.WithinDeadlineAsync());
    }

    private async Task<Socket> DialAsync()
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return caller;
    }

    private static async Task SendAsync(Socket socket, byte value) => Assert.Equal(1, await socket.SendAsync(new[] { value }));

    // The next byte; -1 at the end.
    private static async Task<int> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1];
        return await socket.ReceiveAsync(buffer).WithinDeadlineAsync() == 0 ? -1 : buffer[0];
    }
}
