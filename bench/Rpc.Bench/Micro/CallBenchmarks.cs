using BenchmarkDotNet.Attributes;
using Rpc.Bench.Contract;
using Rpc.Calls;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Bench.Micro;

/// <summary>The pieces of a call, each alone.</summary>
public class CallBenchmarks : IDisposable
{
    private const int MaxSize = 4 * 1024 * 1024;

    private readonly RpcContract<IWork> _contract = RpcContract<IWork>.Get();
    private readonly WorkService _service = new();
    private readonly IRpcSerializer _serializer;
    private readonly IdleTransport _transport = new();
    private readonly PendingCalls _calls;
    private readonly CallTarget _target;
    private readonly byte[] _number;
    private readonly byte[] _parcel;

    /// <summary>Prepares what the benchmarks read.</summary>
    public CallBenchmarks()
    {
        _serializer = JsonRpcSerializer.Create(null, [BenchJson.Default]).ForContract(_contract);
        _calls = new PendingCalls(_transport, TimeProvider.System);
        _target = new CallTarget
        {
            Calls = _calls,
            Method = WorkRpc.Next,
            Queue = WorkRpc.Next.Queue,
            Time = TimeProvider.System,
            Sender = new RequestSender(_transport, _calls, new BatchPolicy(TimeProvider.System, isOn: false)),
            Serializer = _serializer,
            MaxReplySize = MaxSize,
        };
        _number = Encoded(new WorkRpc.NextArgs(4711));
        _parcel = Encoded(new WorkRpc.EchoArgs(Parcel.Sample));
    }

    /// <summary>Encodes an int.</summary>
    [Benchmark]
    public int EncodeInt() => Encode(new WorkRpc.NextArgs(4711));

    /// <summary>Encodes a record of 1 KiB.</summary>
    [Benchmark]
    public int EncodeRecord() => Encode(new WorkRpc.EchoArgs(Parcel.Sample));

    /// <summary>Decodes an int.</summary>
    [Benchmark]
    public int DecodeInt() => _serializer.Deserialize<WorkRpc.NextArgs>(_number).Number;

    /// <summary>Decodes a record of 1 KiB.</summary>
    [Benchmark]
    public object DecodeRecord() => _serializer.Deserialize<WorkRpc.EchoArgs>(_parcel).Parcel;

    /// <summary>What the generated dispatcher does with a call: decode, run, encode.</summary>
    [Benchmark]
    public async Task<int> Dispatch()
    {
        using var call = new EncodedCall(_serializer, nameof(IWork.Next), _number);
        await _contract.DispatchAsync(_service, call);
        return call.ReplyLength;
    }

    /// <summary>A call into the table, and out of it by its reply.</summary>
    [Benchmark]
    public Task<int> PendingTable()
    {
        var call = new PendingCall<int>(_target, TimeProvider.System.GetTimestamp(), TimeSpan.FromSeconds(30), new SharedPayload(new PayloadWriter(MaxSize))) { WaitForReady = true };
        _calls.TryEnter(int.MaxValue);
        _calls.Add(call, call.Site.Started);
        call.TryMarkSent(_transport);
        _calls.Complete(new ReplyMessage(_calls.Ids.Format(call.Number), _serializer.ContentType, "7"u8.ToArray()));
        return call.Task;
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _calls.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Encode<T>(T arguments)
    {
        using var payload = new PayloadWriter(MaxSize);
        _serializer.Serialize(payload, arguments);
        return payload.Written.Length;
    }

    private byte[] Encoded<T>(T arguments)
    {
        using var payload = new PayloadWriter(MaxSize);
        _serializer.Serialize(payload, arguments);
        return payload.Written.ToArray();
    }
}
