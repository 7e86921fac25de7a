using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rpc.Hosting.Settings;

namespace Rpc.Hosting;

/// <summary>Says more of a client that was registered in a container. Used while services are registered; not thread-safe.</summary>
public sealed class RpcClientBuilder
{
    private readonly ClientPlan _plan;

    internal RpcClientBuilder(IServiceCollection services, ClientPlan plan)
    {
        Services = services;
        _plan = plan;
    }

    /// <summary>The services that the client is registered in.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The client's name, which is the key of its services; <see langword="null"/> for the client without a name.</summary>
    public string? Name => _plan.Name;

    /// <summary>
    /// Registers a contract: <typeparamref name="T"/> can be injected, and calls through this client. With a named client it is a keyed service
    /// (<c>[FromKeyedServices("name")]</c>). The proxy is a singleton, thread-safe and without state.
    /// </summary>
    /// <typeparam name="T">The contract: an interface with <see cref="RpcServiceAttribute"/>.</typeparam>
    /// <param name="route">
    /// Where its calls go; what it leaves unset is taken from the configuration (<c>Rpc:Services:{contract}</c>), and then from the contract.
    /// </param>
    /// <param name="options">The options of its calls; what they leave unset is taken from the configuration, and then from the client.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no generated code; the message names what is missing.</exception>
    public RpcClientBuilder AddContract<T>(RpcRoute? route = null, RpcCallOptions? options = null)
        where T : class
    {
        var contract = RpcContract<T>.Get();
        _plan.Contracts.RemoveAll(former => former.Contract == contract);
        _plan.Contracts.Add((contract, route, options));
        if (Name is null)
        {
            Services.AddSingleton(services => Create(services, services.GetRequiredService<RpcClient>()));
        }
        else
        {
            Services.AddKeyedSingleton(Name, (services, name) => Create(services, services.GetRequiredKeyedService<RpcClient>(name)));
        }

        return this;

        T Create(IServiceProvider services, RpcClient client)
        {
            var settings = ContractSettings.Read(services.GetService<IConfiguration>(), contract, []);
            return client.Create<T>(Routes.Merge(settings.Route, route), Routes.Merge(settings.Call, options));
        }
    }

    /// <summary>
    /// Adds a filter from the container around every call of this client, inside of those added before and of <see cref="RpcClientOptions.Filters"/>. It is
    /// registered as a singleton unless it is registered already; all calls share it, so it is thread-safe, and it cannot depend on scoped services.
    /// </summary>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <returns>This instance.</returns>
    public RpcClientBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IRpcClientFilter
    {
        Services.TryAddSingleton<TFilter>();
        _plan.Filters.Add(static services => services.GetRequiredService<TFilter>());
        return this;
    }
}
