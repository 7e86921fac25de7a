using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rpc.Runtime.Tests.Server;

/// <summary>A contract of one-way calls, written by hand, so that these tests are about the server alone.</summary>
internal sealed class ToldContract() : RpcContract<Told>(Name, [s_once, s_again], new NoTypes()), IRpcDispatcher<Told>
{
    public const string Name = "test.Told";

    private static readonly RpcMethod<RpcVoid, RpcVoid> s_once = new(Name, "Once") { OneWay = true };
    private static readonly RpcMethod<RpcVoid, RpcVoid> s_again = new(Name, "Again") { OneWay = true, Idempotent = true };

    public override IRpcDispatcher<Told> Dispatcher => this;

    public override Told CreateProxy(IRpcInvoker invoker) => throw new NotSupportedException();

    public ValueTask DispatchAsync(Told service, RpcCall call)
    {
        call.ReadArguments(s_once);
        service.Tell();
        call.Reply(s_once, default);
        return default;
    }

    private sealed class NoTypes : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => null;
    }
}
