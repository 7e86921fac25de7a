using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;

namespace Rpc;

/// <summary>What the runtime knows of a contract, whatever its type. Generated code derives from <see cref="RpcContract{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RpcContract
{
    private protected RpcContract(string service, IReadOnlyList<RpcMethod> methods, IJsonTypeInfoResolver jsonTypes)
    {
        Service = service;
        Methods = methods;
        JsonTypes = jsonTypes;
    }

    /// <summary>The service's wire name.</summary>
    public string Service { get; }

    /// <summary>The methods, in the order of the interface.</summary>
    public IReadOnlyList<RpcMethod> Methods { get; }

    /// <summary>
    /// JSON metadata of the contract's argument structs and of the primitive and well-known types it uses, so that such a contract needs no reflection.
    /// </summary>
    public IJsonTypeInfoResolver JsonTypes { get; }

    /// <summary>
    /// The base interfaces that are contracts themselves and so keep their own services: who serves this contract serves them too.
    /// </summary>
    public virtual IReadOnlyList<RpcContract> Bases => [];

    /// <summary>The interface.</summary>
    public abstract Type ContractType { get; }

    /// <summary>Calls a service's method for a received call.</summary>
    /// <param name="service">The user's service; it implements <see cref="ContractType"/>.</param>
    /// <param name="call">The received call.</param>
    /// <returns>Completes when the reply is encoded. Whatever the service throws comes through.</returns>
    public abstract ValueTask DispatchAsync(object service, RpcCall call);
}
