using Rpc.Serialization;

namespace Rpc.Bench.Micro;

/// <summary>A received call without a server around it.</summary>
internal sealed class EncodedCall(IRpcSerializer serializer, string method, ReadOnlyMemory<byte> body) : RpcCall, IDisposable
{
    private readonly PayloadWriter _reply = new(1024 * 1024);

    /// <inheritdoc/>
    public override string Method => method;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => CancellationToken.None;

    /// <summary>How long the encoded result is.</summary>
    public int ReplyLength => _reply.Written.Length;

    /// <inheritdoc/>
    public override TArgs ReadArguments<TArgs, TResult>(RpcMethod<TArgs, TResult> called) => serializer.Deserialize<TArgs>(body);

    /// <inheritdoc/>
    public override void Reply<TArgs, TResult>(RpcMethod<TArgs, TResult> called, TResult result) => serializer.Serialize(_reply, result);

    /// <inheritdoc/>
    public override ValueTask RejectUnknownMethodAsync() => throw new InvalidOperationException($"There is no {method}.");

    /// <inheritdoc/>
    public void Dispose() => _reply.Dispose();
}
