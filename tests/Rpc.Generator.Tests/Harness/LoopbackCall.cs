using System.Text.Json;

namespace Rpc.Generator.Tests.Harness;

/// <summary>A received call whose reply is kept.</summary>
internal sealed class LoopbackCall(string method, byte[] body, JsonSerializerOptions json, CancellationToken token) : RpcCall
{
    public override string Method => method;

    public override CancellationToken CancellationToken => token;

    public object? Result { get; private set; }

    public override TArgs ReadArguments<TArgs, TResult>(RpcMethod<TArgs, TResult> method) =>
        JsonSerializer.Deserialize(body, RpcJson.TypeInfo<TArgs>(json))!;

    public override void Reply<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TResult result) => Result = typeof(TResult) == typeof(RpcVoid)
        ? result
        : JsonSerializer.Deserialize(JsonSerializer.Serialize(result, RpcJson.TypeInfo<TResult>(json)), RpcJson.TypeInfo<TResult>(json));

    public override ValueTask RejectUnknownMethodAsync() => throw new RpcException(RpcStatus.Unimplemented, $"no method {method}");
}
