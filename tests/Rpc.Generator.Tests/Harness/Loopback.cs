using System.Text;
using System.Text.Json;

namespace Rpc.Generator.Tests.Harness;

/// <summary>Carries a proxy's calls straight to the dispatcher, through JSON and back, without a transport.</summary>
internal sealed class Loopback<T>(T service) : IRpcInvoker
    where T : class
{
    // The contract whose route this is: that of the proxy, or of a base that keeps its own.
    private RpcContract _contract = RpcContract<T>.Get();
    private JsonSerializerOptions _json = RoundTripTests.Options(RpcContract<T>.Get());

    public List<string> Bodies { get; private init; } = [];

    public List<RpcMethod> Methods { get; private init; } = [];

    public List<CancellationToken> Tokens { get; private init; } = [];

    public List<RpcCallOptions> Options { get; private init; } = [];

    /// <summary>For each call, the wire name of the service whose invoker made it.</summary>
    public List<string> Routes { get; private init; } = [];

    /// <summary>What the server's token is, for all calls.</summary>
    public CancellationToken ServerToken { get; init; }

    public T Proxy => RpcContract<T>.Get().CreateProxy(this);

    public Task<TResult> InvokeAsync<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken)
    {
        Routes.Add(_contract.Service);
        Methods.Add(method);
        Tokens.Add(cancellationToken);
        Bodies.Add(JsonSerializer.Serialize(arguments, RpcJson.TypeInfo<TArgs>(_json)));
        return DispatchAsync<TResult>(method.Name, Bodies[^1]);
    }

    /// <summary>Dispatches a call that no proxy made.</summary>
    public async Task<TResult> DispatchAsync<TResult>(string method, string body)
    {
        var call = new LoopbackCall(method, Encoding.UTF8.GetBytes(body), _json, ServerToken);
        await _contract.DispatchAsync(service, call);
        return (TResult)call.Result!;
    }

    public IRpcInvoker For(RpcContract contract) => new Loopback<T>(service)
    {
        _contract = contract,
        _json = RoundTripTests.Options(contract),
        Bodies = Bodies,
        Methods = Methods,
        Tokens = Tokens,
        Options = Options,
        Routes = Routes,
        ServerToken = ServerToken,
    };

    public IRpcInvoker With(RpcCallOptions options)
    {
        Options.Add(options);
        return this;
    }
}
