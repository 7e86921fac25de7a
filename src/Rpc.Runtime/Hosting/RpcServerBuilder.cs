using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Rpc.Hosting;

/// <summary>Says what a server that was registered in a container serves. Used while services are registered; not thread-safe.</summary>
public sealed class RpcServerBuilder
{
    private readonly ServerPlan _plan;

    internal RpcServerBuilder(IServiceCollection services, ServerPlan plan)
    {
        Services = services;
        _plan = plan;
    }

    /// <summary>The services that the server is registered in.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Serves a contract, and with it the contracts among its bases. Each call has a scope of its own, in which <typeparamref name="TService"/> is resolved, and
    /// which is disposed of when the call has ended. The contract itself is not registered, as a process may serve it and call it elsewhere.
    /// </summary>
    /// <typeparam name="TContract">The contract: an interface with <see cref="RpcServiceAttribute"/>.</typeparam>
    /// <typeparam name="TService">The service. It is registered unless it is registered already.</typeparam>
    /// <param name="lifetime">
    /// The lifetime to register it with; the default, <see langword="null"/>, is that of the registration there is, or else
    /// <see cref="ServiceLifetime.Scoped"/>. A singleton is called by several calls at once.
    /// </param>
    /// <param name="configure">
    /// Makes the options from those that the configuration gives (<c>Rpc:Services:{contract}</c>), or the defaults:
    /// <c>options => options with { MaxConcurrency = 8 }</c>. It may be called more than once.
    /// </param>
    /// <returns>This instance.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="TContract"/> has no generated code; the message names what is missing.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TService"/> is registered with another lifetime than <paramref name="lifetime"/>.</exception>
    public RpcServerBuilder AddService<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(
        ServiceLifetime? lifetime = null, Func<RpcServiceOptions, RpcServiceOptions>? configure = null)
        where TContract : class
        where TService : class, TContract
    {
        var contract = RpcContract<TContract>.Get();
        Register<TService>(lifetime);
        _plan.Services.Add(new PlannedService
        {
            Contract = contract,
            ServiceType = typeof(TService),
            Get = static services => services.GetRequiredService<TService>(),
            Add = static (services, source, options) => services.Add<TContract>(source, options),
            Configure = configure,
        });
        return this;
    }

    /// <summary>
    /// Adds a filter from the container around every call that the server serves, inside of those added before and of
    /// <see cref="RpcServerOptions.Filters"/>. It is resolved from the call's scope, and registered as scoped unless it is registered already.
    /// </summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <returns>This instance.</returns>
    public RpcServerBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IRpcServerFilter => Add<TFilter>(contract: null);

    /// <summary>Adds a filter from the container around every call of one service, inside of those for all services.</summary>
    /// <typeparam name="TContract">The contract that the service was added with.</typeparam>
    /// <typeparam name="TFilter">The filter, as for <see cref="AddFilter{TFilter}"/>.</typeparam>
    /// <returns>This instance.</returns>
    public RpcServerBuilder AddFilter<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TContract : class
        where TFilter : class, IRpcServerFilter => Add<TFilter>(typeof(TContract));

    private RpcServerBuilder Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>(Type? contract)
        where TFilter : class, IRpcServerFilter
    {
        Services.TryAddScoped<TFilter>();
        _plan.Filters.Add((contract, typeof(TFilter), new ScopedFilter<TFilter>()));
        return this;
    }

    private void Register<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(ServiceLifetime? lifetime)
    {
        var former = Services.LastOrDefault(static service => service.ServiceType == typeof(TService) && !service.IsKeyedService);
        if (former is null)
        {
            Services.Add(new ServiceDescriptor(typeof(TService), typeof(TService), lifetime ?? ServiceLifetime.Scoped));
        }
        else if (lifetime is { } asked && asked != former.Lifetime)
        {
            throw new ArgumentException(
                $"{typeof(TService)} is registered as {former.Lifetime} already, and AddService was asked for {asked}. Leave the lifetime out, or the other registration.",
                nameof(lifetime));
        }
    }
}
