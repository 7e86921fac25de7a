using Rpc.Server;

namespace Rpc;

/// <summary>The services that a server serves. Filled before the server starts; not thread-safe.</summary>
public sealed class RpcServices
{
    private readonly Dictionary<string, Type> _contracts = new(StringComparer.Ordinal);
    private readonly List<Func<ServerContext, ServiceHost>> _hosts = [];

    internal RpcServices()
    {
    }

    /// <summary>Serves a contract with one object, and with it the contracts among its bases, each on its own queue.</summary>
    /// <typeparam name="T">The contract: an interface with <see cref="RpcServiceAttribute"/>. Name it, since the object's own type is not it.</typeparam>
    /// <param name="service">
    /// The object; all calls share it, so it is thread-safe. The server does not dispose of it.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no generated code; the message names what is missing.</exception>
    /// <exception cref="ArgumentException">An option does not fit the contract, or another service has the same queue.</exception>
    public RpcServices Add<T>(T service, RpcServiceOptions? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(service);
        Add<T>(ServiceSource.Of(service), options ?? new RpcServiceOptions());
        return this;
    }

    /// <summary>Serves a contract with what a source gives for each call; see the public method.</summary>
    internal void Add<T>(ServiceSource service, RpcServiceOptions options)
        where T : class
    {
        var contract = RpcContract<T>.Get();
        RouteRules.Validate(contract, options.Queue, options.Wire);
        if (contract.Methods.Count == 0 && contract.Bases.Count == 0)
        {
            throw new ArgumentException($"{typeof(T)} has no methods to serve.");
        }

        if (options.MaxConcurrency is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxConcurrency, $"{nameof(RpcServiceOptions.MaxConcurrency)} of {typeof(T)} must be 1 to 10,000.");
        }

        if (options.MaxQueued is < 0 or > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxQueued, $"{nameof(RpcServiceOptions.MaxQueued)} of {typeof(T)} must be 0 to 1,000,000.");
        }

        if (options.QueueExpiry < TimeSpan.FromSeconds(1) || options.QueueExpiry > TimeSpan.FromDays(30))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.QueueExpiry, $"{nameof(RpcServiceOptions.QueueExpiry)} of {typeof(T)} must be a second to 30 days.");
        }

        Add(contract, service, options, options.Queue ?? OwnQueue(contract));
    }

    /// <summary>Makes what serves the contracts.</summary>
    internal IReadOnlyList<ServiceHost> CreateHosts(ServerContext server) => [.. _hosts.Select(create => create(server))];

    private void Add(RpcContract contract, ServiceSource service, RpcServiceOptions options, string? queue)
    {
        // A base contract keeps its own queue; where it was added before, with an object of its own, that one serves it.
        foreach (var inherited in contract.Bases.Where(inherited => !_contracts.ContainsValue(inherited.ContractType)))
        {
            Add(inherited, service, options with { Queue = null, Wire = null }, OwnQueue(inherited));
        }

        if (queue is null)
        {
            return; // nothing but inherited methods
        }

        if (!_contracts.TryAdd(queue, contract.ContractType))
        {
            throw new ArgumentException(_contracts[queue] == contract.ContractType
                ? $"{contract.ContractType} is served already: it was added before, or is a base of a contract that was. Add it once, and before what derives from it."
                : $"{contract.ContractType} and {_contracts[queue]} cannot share the queue '{queue}' in one server: a request would go to either.");
        }

        _hosts.Add(server => server.Host(contract, service, queue, options));
    }

    private static string? OwnQueue(RpcContract contract) => contract.Methods is [var method, ..] ? method.Queue : null;
}
