using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Rpc;

/// <summary>
/// Everything generated for one contract, in one object. A module initializer that the generator emits beside it registers it, so that a client or
/// server finds it without scanning and without reflection.
/// </summary>
/// <typeparam name="T">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RpcContract<T> : RpcContract
    where T : class
{
    private static RpcContract<T>? s_registered;

    /// <summary>Used by generated code.</summary>
    /// <param name="service">The service's wire name.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="jsonTypes">JSON metadata of the contract's own types.</param>
    protected RpcContract(string service, IReadOnlyList<RpcMethod> methods, IJsonTypeInfoResolver jsonTypes)
        : base(service, methods, jsonTypes)
    {
    }

    /// <inheritdoc/>
    public sealed override Type ContractType => typeof(T);

    /// <summary>Calls the service's methods for received calls.</summary>
    public abstract IRpcDispatcher<T> Dispatcher { get; }

    /// <inheritdoc/>
    public sealed override ValueTask DispatchAsync(object service, RpcCall call) => Dispatcher.DispatchAsync((T)service, call);

    /// <summary>Makes a proxy.</summary>
    /// <param name="invoker">What carries its calls.</param>
    /// <returns>A proxy; thread-safe, without state of its own.</returns>
    public abstract T CreateProxy(IRpcInvoker invoker);

    /// <summary>Called by the generated module initializer, once.</summary>
    /// <param name="contract">The contract.</param>
    public static void Register(RpcContract<T> contract) => Volatile.Write(ref s_registered, contract);

    /// <summary>Finds what was generated for <typeparamref name="T"/>.</summary>
    /// <returns>The contract.</returns>
    /// <exception cref="InvalidOperationException">Nothing was generated; the message names what is missing.</exception>
    public static RpcContract<T> Get() => Volatile.Read(ref s_registered) ?? RunModuleInitializer();

    private static RpcContract<T> RunModuleInitializer()
    {
        // A module initializer runs when code of its module first runs, and mentioning an interface runs none.
        RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        return Volatile.Read(ref s_registered) ?? throw new InvalidOperationException(Missing());
    }

    private static string Missing() => !typeof(T).IsInterface
        ? $"{typeof(T)} is not an interface. Name the contract, the interface with [RpcService], not the class that implements it."
        : !typeof(T).IsDefined(typeof(RpcServiceAttribute), inherit: false)
            ? $"{typeof(T)} is not a contract: put [RpcService] on the interface and build again."
            : $"{typeof(T)} has [RpcService], but assembly {typeof(T).Assembly.GetName().Name} holds no generated code for it. " +
              "The project that declares the interface must reference the package Rpc.Abstractions (or Rpc.Runtime) with its analyzers, " +
              "so without ExcludeAssets or PrivateAssets that drop them, and must build without errors.";
}
