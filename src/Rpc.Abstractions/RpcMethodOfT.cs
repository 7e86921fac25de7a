namespace Rpc;

/// <summary>Describes one method with the types that carry its arguments and its result.</summary>
/// <typeparam name="TArgs">The generated struct that holds the arguments.</typeparam>
/// <typeparam name="TResult">What the method returns inside its task; <see cref="RpcVoid"/> where that is nothing.</typeparam>
/// <param name="service">The service's wire name.</param>
/// <param name="name">The method's wire name.</param>
public sealed class RpcMethod<TArgs, TResult>(string service, string name) : RpcMethod(service, name)
{
    /// <summary>How the arguments are written and read on <see cref="RpcWire.Bare"/>.</summary>
    /// <value><see langword="null"/> where the method, or its contract, cannot be called that way.</value>
    public RpcBareArguments<TArgs>? Bare { get; init; }
}
