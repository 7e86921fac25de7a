namespace Rpc;

/// <summary>
/// Marks an interface as a contract: the generator emits a client proxy and a server dispatcher for it at build time.
/// </summary>
/// <remarks>
/// A contract's methods return <see cref="Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/> or
/// <see cref="ValueTask{TResult}"/>, and take any number of by-value parameters and at most one
/// <see cref="CancellationToken"/>. Anything else is a build error that says what is allowed.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class RpcServiceAttribute : Attribute
{
    /// <summary>Marks a contract whose name on the wire is the interface's full name.</summary>
    public RpcServiceAttribute()
    {
    }

    /// <summary>Marks a contract with an explicit name on the wire.</summary>
    /// <param name="name">
    /// The service's wire name, at most 200 bytes of UTF-8 without <c>/</c>. It is what callers and servers must agree on, so
    /// giving it makes renaming the interface or its namespace harmless.
    /// </param>
    public RpcServiceAttribute(string name) => Name = name;

    /// <summary>The service's name on the wire.</summary>
    /// <value>The default, <see langword="null"/>, stands for the interface's full name, such as <c>Shop.Orders.IOrders</c>.</value>
    public string? Name { get; }

    /// <summary>The request queue that carries the calls.</summary>
    /// <value>The default, <see langword="null"/>, stands for <c>rpc.</c> followed by the service's wire name.</value>
    public string? Queue { get; set; }

    /// <summary>How calls are written on the wire.</summary>
    /// <value>The default is <see cref="RpcWire.Standard"/>.</value>
    public RpcWire Wire { get; set; }
}
