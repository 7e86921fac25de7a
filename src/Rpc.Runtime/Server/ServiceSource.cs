using Microsoft.Extensions.DependencyInjection;

namespace Rpc.Server;

/// <summary>Where the object comes from that serves a call: one object for all calls, or one out of the call's own scope. Immutable.</summary>
internal sealed class ServiceSource
{
    private readonly Func<IServiceProvider?, object> _get;

    private ServiceSource(Func<IServiceProvider?, object> get) => _get = get;

    /// <summary>Makes the scopes, one for each call; <see langword="null"/> where calls have none.</summary>
    public IServiceScopeFactory? Scopes { get; private init; }

    /// <summary>Filters of this source alone, inside of the server's own, the outermost first.</summary>
    public IReadOnlyList<IRpcServerFilter> Filters { get; private init; } = [];

    /// <summary>One object for all calls.</summary>
    public static ServiceSource Of(object service) => new(_ => service);

    /// <summary>What a function makes of each call's scope.</summary>
    /// <param name="scopes">Makes the scopes.</param>
    /// <param name="get">Finds the service in a scope.</param>
    /// <param name="filters">The filters.</param>
    public static ServiceSource Of(IServiceScopeFactory scopes, Func<IServiceProvider, object> get, IReadOnlyList<IRpcServerFilter> filters) =>
        new(services => get(services!)) { Scopes = scopes, Filters = filters };

    /// <summary>The object that serves a call.</summary>
    /// <param name="services">The call's scope, if it has one.</param>
    public object Get(IServiceProvider? services) => _get(services);
}
