using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Settings;
using Rpc.Server;

namespace Rpc.Hosting;

/// <summary>What was registered for the server.</summary>
internal sealed class ServerPlan : Plan
{
    /// <inheritdoc/>
    public override string What => "The RPC server";

    /// <inheritdoc/>
    public override string Method => "AddRpcServer";

    /// <inheritdoc/>
    public override string Section => "Rpc:Server";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ConnectionStringKeys => [$"{Section}:{ConnectionStrings.Key}", .. ConnectionStrings.Common];

    /// <summary>The services.</summary>
    public List<PlannedService> Services { get; } = [];

    /// <summary>The filters, the outermost first, each with the contract whose calls it is for; <see langword="null"/> for those of all.</summary>
    public List<(Type? Contract, Type Type, IRpcServerFilter Filter)> Filters { get; } = [];

    /// <summary>Adds the services to what a server serves.</summary>
    /// <param name="services">Gets them.</param>
    /// <param name="scopes">Makes the calls' scopes.</param>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <exception cref="ArgumentException">A service does not fit; the message says which and why.</exception>
    public void AddTo(RpcServices services, IServiceScopeFactory scopes, IConfiguration? configuration)
    {
        foreach (var service in Services)
        {
            service.Add(services, SourceOf(service, scopes), service.OptionsIn(configuration, []));
        }
    }

    /// <summary>Notes what is wrong with the services and their options.</summary>
    /// <param name="scopes">Makes scopes.</param>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="problems">Gets the problems.</param>
    public void Check(IServiceScopeFactory scopes, IConfiguration? configuration, ICollection<string> problems)
    {
        var services = new RpcServices();
        foreach (var service in Services)
        {
            try
            {
                service.Add(services, SourceOf(service, scopes), service.OptionsIn(configuration, problems));
            }
            catch (Exception invalid) when (invalid is ArgumentException or InvalidOperationException)
            {
                problems.Add(OptionProblems.TextOf(invalid));
            }
        }

        foreach (var (contract, type, _) in Filters.Where(filter => filter.Contract is { } of && Services.All(service => service.Contract.ContractType != of)))
        {
            problems.Add($"The filter {type} is for calls of {contract}, which the server does not serve: add the service, or the filter for all services.");
        }
    }

    /// <summary>
    /// Makes each service and filter once, in a scope that is disposed of at once: a dependency that cannot be had is an error of the start, and not of the first call.
    /// </summary>
    /// <param name="scopes">Makes scopes.</param>
    /// <exception cref="InvalidOperationException">The message names everything that cannot be made, and why.</exception>
    public async Task TryServicesAsync(IServiceScopeFactory scopes)
    {
        var problems = new List<string>();
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var (type, get) in Services.Select(static service => (service.ServiceType, service.Get))
                .Concat(Filters.Select(static filter => (filter.Type, Get: (Func<IServiceProvider, object>)(services => services.GetRequiredService(filter.Type))))))
            {
                try
                {
                    get(scope.ServiceProvider);
                }
                catch (Exception exception)
                {
                    problems.Add($"{type} cannot be made: {exception.Message}");
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"The RPC server cannot start. {string.Join(" ", problems)}");
        }
    }

    private ServiceSource SourceOf(PlannedService service, IServiceScopeFactory scopes) => ServiceSource.Of(
        scopes,
        service.Get,
        [.. Filters.Where(filter => filter.Contract is null || filter.Contract == service.Contract.ContractType).OrderBy(static filter => filter.Contract is not null).Select(static filter => filter.Filter)]);
}
