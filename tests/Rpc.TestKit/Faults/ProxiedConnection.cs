using System.Net.Sockets;

namespace Rpc.TestKit.Faults;

/// <summary>One connection through a proxy: two sockets, and a pump each way.</summary>
internal sealed class ProxiedConnection(Socket caller, Socket target) : IDisposable
{
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Forwards until the connection ends; then both sockets are closed.</summary>
    /// <param name="toTarget">The way there.</param>
    /// <param name="toCaller">The way back.</param>
    public async Task RunAsync(Flow toTarget, Flow toCaller)
    {
        using (this)
        {
            await Task.WhenAll(PumpAsync(caller, target, toTarget), PumpAsync(target, caller, toCaller));
        }
    }

    /// <summary>Ends it: nothing is forwarded any more.</summary>
    /// <param name="reset">Whether the other ends are told by a reset.</param>
    public void End(bool reset)
    {
        if (!_ending.TrySetResult())
        {
            return; // a pump that finds its socket reset must not say farewell to the other
        }

        foreach (var socket in new[] { caller, target })
        {
            try
            {
                if (reset)
                {
                    // A close without a farewell is a reset then, even for what is being received.
                    socket.LingerState = new LingerOption(true, 0);
                    socket.Dispose();
                }
                else
                {
                    socket.Shutdown(SocketShutdown.Both); // ends the pumps, which close; closing under them would reset
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is closed already, or never was open.
            }
        }
    }

    public void Dispose()
    {
        caller.Dispose();
        target.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Flow flow)
    {
        try
        {
            var buffer = new byte[32 * 1024];
            while (true)
            {
                // Not read either while it is stalled, so that the sender's buffers fill as they do on a dead line.
                await flow.OpenAsync(_ending.Task);
                var count = await from.ReceiveAsync(buffer);
                await flow.OpenAsync(_ending.Task); // it may have been stalled while nothing came
                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await SendAsync(to, buffer.AsMemory(sent, count - sent), flow.BytesPerSecond);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            End(reset: e is SocketException { SocketErrorCode: SocketError.ConnectionReset }); // one end is gone, so the other is told
        }
    }

    // Slowly, a piece at a time: twenty a second.
    private async Task<int> SendAsync(Socket to, ReadOnlyMemory<byte> bytes, int limit)
    {
        if (limit == 0)
        {
            return await to.SendAsync(bytes);
        }

        var sent = await to.SendAsync(bytes[..Math.Min(bytes.Length, limit / 20)]);
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds((double)sent / limit)), _ending.Task);
        return sent;
    }
}
