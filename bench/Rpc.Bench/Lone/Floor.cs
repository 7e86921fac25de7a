using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Rpc.Bench.Contenders.HandWritten;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Lone;

/// <summary>
/// The least that a call through a queue and back can do: encode the argument, a queue to the server's loop, decode, dispatch, encode the result, a queue
/// to the client's loop, decode, complete. One call at a time; nothing else: no names, no ids, no deadlines, no failures.
/// </summary>
internal sealed class Floor : IDisposable
{
    // The generated converter, so that both encode and decode the same bytes by the same code.
    private static readonly JsonTypeInfo<WorkRpc.NextArgs> s_arguments =
        (JsonTypeInfo<WorkRpc.NextArgs>)new JsonSerializerOptions { TypeInfoResolver = RpcContract<IWork>.Get().JsonTypes }.GetTypeInfo(typeof(WorkRpc.NextArgs));

    private readonly Channel<TaskCompletionSource<int>> _requests = CreateQueue();
    private readonly Channel<TaskCompletionSource<int>> _replies = CreateQueue();
    private readonly JsonBuffer _request = JsonBuffer.Rent();
    private readonly JsonBuffer _reply = JsonBuffer.Rent();
    private readonly IWork _service;
    private ReadOnlyMemory<byte> _requestBody;
    private ReadOnlyMemory<byte> _replyBody;

    public Floor(IWork service)
    {
        _service = service;
        _ = Task.Run(ServeAsync);
        _ = Task.Run(CompleteAsync);
    }

    /// <summary>Makes a call.</summary>
    public Task<int> Next(int number)
    {
        var call = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _request.Clear();
        _requestBody = _request.Write(new WorkRpc.NextArgs(number), s_arguments);
        _requests.Writer.TryWrite(call);
        return call.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Writer.Complete();
        _replies.Writer.Complete();
    }

    private async Task ServeAsync()
    {
        await foreach (var call in _requests.Reader.ReadAllAsync())
        {
            var arguments = JsonSerializer.Deserialize(_requestBody.Span, s_arguments);
            var result = await _service.Next(arguments.Number);
            _reply.Clear();
            _replyBody = _reply.Write(result, BenchJson.Default.Int32);
            _replies.Writer.TryWrite(call);
        }
    }

    private async Task CompleteAsync()
    {
        await foreach (var call in _replies.Reader.ReadAllAsync())
        {
            call.SetResult(JsonSerializer.Deserialize(_replyBody.Span, BenchJson.Default.Int32));
        }
    }

    private static Channel<TaskCompletionSource<int>> CreateQueue() =>
        Channel.CreateUnbounded<TaskCompletionSource<int>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
}
