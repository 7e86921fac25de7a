using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rpc;
using Rpc.Hosting;
using Rpc.Hosting.Settings;

// The namespace of all such methods: they show wherever services are registered.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers RPC clients and servers in a container; <c>docs/hosting.md</c> says what follows from it.</summary>
public static class RpcServiceCollectionExtensions
{
    /// <summary>
    /// Registers the client, as <see cref="RpcClient"/>. It connects when the host starts; where there is no host, for its first call. May be called
    /// several times, and is still one client.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">
    /// Sets options, after the configuration section <c>Rpc:Client</c>; <see langword="null"/> to leave them. Logs and clock come from the container.
    /// </param>
    /// <returns>What contracts and filters are added to.</returns>
    /// <remarks>
    /// The connection string is the first of the configuration keys <c>Rpc:Client:ConnectionString</c>, <c>Rpc:ConnectionString</c> and
    /// <c>ConnectionStrings:rabbitmq</c> that is set.
    /// </remarks>
    public static RpcClientBuilder AddRpcClient(this IServiceCollection services, Action<RpcClientOptions>? configure = null) =>
        AddClient(services, name: null, connectionString: null, configure);

    /// <summary>Registers the client with a connection string; see <see cref="AddRpcClient(IServiceCollection, Action{RpcClientOptions}?)"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">
    /// <c>amqp://user:password@host:port/vhost</c> or <c>amqps://…</c> for RabbitMQ, <c>memory://name</c> for the broker of that name in this process.
    /// </param>
    /// <param name="configure">Sets options; <see langword="null"/> to leave them.</param>
    /// <returns>What contracts and filters are added to.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid, or the client has another one already.</exception>
    public static RpcClientBuilder AddRpcClient(this IServiceCollection services, string connectionString, Action<RpcClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return AddClient(services, name: null, connectionString, configure);
    }

    /// <summary>
    /// Registers a client with a name: for several brokers or users, or for options of its own. <see cref="RpcClient"/> and the contracts added to it are keyed
    /// services, <c>[FromKeyedServices("name")]</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name. Its options are those of this name, and are read from the configuration section <c>Rpc:Clients:{name}</c>.</param>
    /// <param name="configure">Sets options, after the configuration; <see langword="null"/> to leave them.</param>
    /// <returns>What contracts and filters are added to.</returns>
    /// <remarks>
    /// The connection string is the first of the configuration keys <c>Rpc:Clients:{name}:ConnectionString</c>, <c>ConnectionStrings:{name}</c>,
    /// <c>Rpc:ConnectionString</c> and <c>ConnectionStrings:rabbitmq</c> that is set.
    /// </remarks>
    /// <exception cref="ArgumentException">The name is empty, or a connection string.</exception>
    public static RpcClientBuilder AddKeyedRpcClient(this IServiceCollection services, string name, Action<RpcClientOptions>? configure = null) =>
        AddClient(services, Checked(name), connectionString: null, configure);

    /// <summary>Registers a client with a name and a connection string; see <see cref="AddKeyedRpcClient(IServiceCollection, string, Action{RpcClientOptions}?)"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="connectionString">As for <see cref="AddRpcClient(IServiceCollection, string, Action{RpcClientOptions}?)"/>.</param>
    /// <param name="configure">Sets options, after the configuration; <see langword="null"/> to leave them.</param>
    /// <returns>What contracts and filters are added to.</returns>
    /// <exception cref="ArgumentException">The name or the connection string is not valid, or the client has another connection string already.</exception>
    public static RpcClientBuilder AddKeyedRpcClient(
        this IServiceCollection services, string name, string connectionString, Action<RpcClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return AddClient(services, Checked(name), connectionString, configure);
    }

    /// <summary>
    /// Registers the server. It starts with the host and drains when the host stops. May be called several times, and is still one server, with the services of
    /// all calls.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">
    /// Sets options, after the configuration section <c>Rpc:Server</c>; <see langword="null"/> to leave them. Logs and clock come from the container.
    /// </param>
    /// <returns>What services and filters are added to.</returns>
    /// <remarks>
    /// The connection string is the first of the configuration keys <c>Rpc:Server:ConnectionString</c>, <c>Rpc:ConnectionString</c> and
    /// <c>ConnectionStrings:rabbitmq</c> that is set.
    /// </remarks>
    public static RpcServerBuilder AddRpcServer(this IServiceCollection services, Action<RpcServerOptions>? configure = null) =>
        AddServer(services, connectionString: null, configure);

    /// <summary>Registers the server with a connection string; see <see cref="AddRpcServer(IServiceCollection, Action{RpcServerOptions}?)"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">As for <see cref="AddRpcClient(IServiceCollection, string, Action{RpcClientOptions}?)"/>.</param>
    /// <param name="configure">Sets options; <see langword="null"/> to leave them.</param>
    /// <returns>What services and filters are added to.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid, or the server has another one already.</exception>
    public static RpcServerBuilder AddRpcServer(this IServiceCollection services, string connectionString, Action<RpcServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return AddServer(services, connectionString, configure);
    }

    private static RpcClientBuilder AddClient(IServiceCollection services, string? name, string? connectionString, Action<RpcClientOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var former = Find<ClientPlan>(services, plan => plan.Name == name);
        var plan = former ?? new ClientPlan(name);
        plan.Connect(connectionString);
        if (former is null)
        {
            Register(services, plan);
        }

        if (configure is not null)
        {
            services.Configure(plan.OptionsName, configure);
        }

        return new RpcClientBuilder(services, plan);
    }

    private static RpcServerBuilder AddServer(IServiceCollection services, string? connectionString, Action<RpcServerOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var former = Find<ServerPlan>(services, static _ => true);
        var plan = former ?? new ServerPlan();
        plan.Connect(connectionString);
        if (former is null)
        {
            Register(services, plan);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new RpcServerBuilder(services, plan);
    }

    private static void Register(IServiceCollection services, ClientPlan plan)
    {
        services.AddSingleton(plan);
        services.AddSingleton<IConfigureOptions<RpcClientOptions>>(provider => new ClientOptionsSetup(provider, plan));
        services.AddSingleton<IValidateOptions<RpcClientOptions>>(provider => new ClientOptionsSetup(provider, plan));
        services.AddOptions<RpcClientOptions>(plan.OptionsName).ValidateOnStart();
        if (plan.Name is null)
        {
            services.AddSingleton(provider => HostedClient.Create(provider, plan));
        }
        else
        {
            services.AddKeyedSingleton(plan.Name, (provider, _) => HostedClient.Create(provider, plan));
        }

        services.AddSingleton<IHostedService>(provider => new HostedClient(provider, plan));
    }

    private static void Register(IServiceCollection services, ServerPlan plan)
    {
        services.AddSingleton(plan);
        services.AddSingleton<IConfigureOptions<RpcServerOptions>>(provider => new ServerOptionsSetup(provider, plan));
        services.AddSingleton<IValidateOptions<RpcServerOptions>>(provider => new ServerOptionsSetup(provider, plan));
        services.AddOptions<RpcServerOptions>().ValidateOnStart();
        services.AddSingleton(provider => new HostedServer(provider, plan));
        services.AddSingleton(static provider => new ServerEnd(provider.GetRequiredService<HostedServer>()));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<HostedServer>());
    }

    private static T? Find<T>(IServiceCollection services, Func<T, bool> condition)
        where T : class => services.Where(static service => !service.IsKeyedService).Select(static service => service.ImplementationInstance).OfType<T>().FirstOrDefault(condition);

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Contains("://", StringComparison.Ordinal)
            ? throw new ArgumentException("The first argument is the client's name, and this is a connection string. AddRpcClient takes one without a name.", nameof(name))
            : name;
    }
}
