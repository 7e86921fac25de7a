using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Rpc.Runtime.Tests.Calls;
using Rpc.Runtime.Tests.Conformance;
using Rpc.Serialization;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.FaultPoints;

namespace Rpc.Runtime.Tests.FaultPoints;

/// <summary>
/// Whatever fails: each pooled array that a request or reply was written to goes back to the pool once. Less is a leak, more lets two owners write to it.
/// </summary>
public sealed class PayloadBalanceTests() : FaultPointTest(new MemoryConformanceBroker())
{
    // With that length arrays come out of a bucket of the pool that hardly anybody else uses.
    private static readonly string s_long = new('x', 70_000);

    private readonly ConcurrentDictionary<byte[], bool> _arrays = new();
    private readonly TaskCompletionSource<bool> _hang = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("nothing")]
    [InlineData("encoding throws")]
    [InlineData("sending throws")]
    [InlineData("sending throws later")]
    [InlineData("request is not taken at first")]
    [InlineData("request is lost")]
    [InlineData("sending hangs, then true")]
    [InlineData("sending hangs, then false")]
    [InlineData("caller cancels while sending hangs")]
    [InlineData("client is disposed while sending hangs")]
    [InlineData("no server")]
    [InlineData("decoding throws")]
    [InlineData("handler throws")]
    [InlineData("encoding the result throws")]
    [InlineData("result is too large")]
    [InlineData("sending the reply throws")]
    [InlineData("reply is not taken")]
    [InlineData("sending the reply hangs")]
    [InlineData("reading the reply throws")]
    public async Task Every_array_goes_back_once(string fault)
    {
        using var pool = new PoolReturns();
        await StartAsync(
            new ProbeService((text, _) => fault == "handler throws" ? throw new InvalidOperationException() : Task.FromResult(text)),
            new RpcServerOptions { MaxReplySize = fault == "result is too large" ? 69_000 : 1_000_000 });
        using var source = new CancellationTokenSource();
        AtClient.Written = output => Written(pool, output, fault == "encoding throws");
        AtServer.Written = output => Written(pool, output, fault == "encoding the result throws");
        Prepare(fault);

        var proxy = Proxy<IProbe>(Client, fault == "no server" ? NewQueue() : null);
        var calls = Enumerable.Range(0, 10).Select(_ => proxy.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(500) }).Ask(s_long, source.Token)).ToArray();
        await (fault switch
        {
            "caller cancels while sending hangs" => source.CancelAsync(),
            "client is disposed while sending hangs" => Client.DisposeAsync().AsTask(),
            _ => Task.CompletedTask,
        });
        await Task.WhenAll(calls).ContinueWith(static _ => { }, TaskScheduler.Default).WithinDeadlineAsync(); // however they end
        _hang.TrySetResult(fault.EndsWith("true", StringComparison.Ordinal));
        await Client.DisposeAsync();
        await Assert.Single(Replying.Hosts).WhenIdleAsync().WithinDeadlineAsync();

        Assert.NotEmpty(_arrays);
        foreach (var array in _arrays.Keys)
        {
            await Poll.UntilAsync(() => pool.ReturnsOf(array) > 0, "the array goes back to the pool");
            Assert.InRange(pool.BalanceOf(array), 0, 1);
        }
    }

    private void Prepare(string fault)
    {
        var tries = 0;
        Sending.Meets = fault switch
        {
            "sending throws" => static (_, _) => Failing.Throw<bool>(later: false),
            "sending throws later" => static (_, _) => Failing.Throw<bool>(later: true),
            "request is not taken at first" => (request, send) => ++tries % 3 == 0 ? send(request) : new ValueTask<bool>(false),
            "request is lost" => static (_, _) => new ValueTask<bool>(true),
            _ when fault.Contains("sending hangs", StringComparison.Ordinal) => (_, _) => new ValueTask<bool>(_hang.Task),
            _ => null,
        };
        Replying.Meets = fault switch
        {
            "sending the reply throws" => static (_, _) => Failing.Throw<bool>(later: true),
            "reply is not taken" => static (_, _) => new ValueTask<bool>(false),
            "sending the reply hangs" => async (reply, send) =>
            {
                await _hang.Task;
                return await send(reply);
            },
            _ => null,
        };
        AtServer.Reading = fault == "decoding throws" ? static _ => throw new InvalidOperationException() : null;
        AtClient.Reading = fault == "reading the reply throws" ? static _ => throw new InvalidOperationException() : null;
    }

    private void Written(PoolReturns pool, IBufferWriter<byte> output, bool fails)
    {
        Assert.True(MemoryMarshal.TryGetArray(((PayloadWriter)output).Written, out var written));
        pool.Watch(written.Array!);
        _arrays[written.Array!] = true;
        if (fails)
        {
            throw new InvalidOperationException();
        }
    }
}
