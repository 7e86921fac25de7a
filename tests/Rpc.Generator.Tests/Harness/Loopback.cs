using System.Text;
using System.Text.Json;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Carries a proxy's calls straight to the dispatcher, through JSON and back, without a transport.</summary>
internal sealed class Loopback<T>(T service) : IRpcInvoker
    where T : class
{
    private readonly JsonSerializerOptions _json = RoundTripTests.Options(RpcContract<T>.Get());

    public List<string> Bodies { get; } = [];

    public List<RpcMethod> Methods { get; } = [];

    public List<CancellationToken> Tokens { get; } = [];

    public List<RpcCallOptions> Options { get; } = [];

    /// <summary>What the server's token is, for all calls.</summary>
    public CancellationToken ServerToken { get; init; }

    public T Proxy => RpcContract<T>.Get().CreateProxy(this);

    public Task<TResult> InvokeAsync<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken)
    {
        Methods.Add(method);
        Tokens.Add(cancellationToken);
        Bodies.Add(JsonSerializer.Serialize(arguments, RpcJson.TypeInfo<TArgs>(_json)));
        return DispatchAsync<TResult>(method.Name, Bodies[^1]);
    }

    /// <summary>Dispatches a call that no proxy made.</summary>
    public async Task<TResult> DispatchAsync<TResult>(string method, string body)
    {
        var call = new LoopbackCall(method, Encoding.UTF8.GetBytes(body), _json, ServerToken);
        await RpcContract<T>.Get().Dispatcher.DispatchAsync(service, call);
        return (TResult)call.Result!;
    }

    public IRpcInvoker With(RpcCallOptions options)
    {
        Options.Add(options);
        return this;
    }
}
