using Microsoft.Extensions.Configuration;
using Rpc.Hosting.Settings;
using Rpc.Server;

namespace Rpc.Hosting;

/// <summary>One service of a server, as it was registered.</summary>
internal sealed class PlannedService
{
    /// <summary>The contract.</summary>
    public required RpcContract Contract { get; init; }

    /// <summary>The class that serves it.</summary>
    public required Type ServiceType { get; init; }

    /// <summary>Finds the service in a call's scope.</summary>
    public required Func<IServiceProvider, object> Get { get; init; }

    /// <summary>Adds it to what a server serves.</summary>
    public required Action<RpcServices, ServiceSource, RpcServiceOptions> Add { get; init; }

    /// <summary>What code makes of the options that the configuration has given.</summary>
    public Func<RpcServiceOptions, RpcServiceOptions>? Configure { get; init; }

    /// <summary>The options, from the configuration and from code.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="problems">Gets what is wrong with the configuration.</param>
    public RpcServiceOptions OptionsIn(IConfiguration? configuration, ICollection<string> problems)
    {
        var options = ContractSettings.Read(configuration, Contract, problems).Service;
        return Configure is null ? options : Configure(options)
            ?? throw new InvalidOperationException($"The function that AddService was given for {Contract.ContractType} has returned no options.");
    }
}
