using Microsoft.Extensions.Configuration;

namespace Rpc.Hosting.Settings;

/// <summary>
/// What the configuration says of one contract, in <c>Rpc:Services:{contract}</c>: for the server that serves it, for the clients that call it, and, of queue and
/// wire, for both. The contract goes by its wire name or by the interface's name.
/// </summary>
internal sealed record ContractSettings
{
    private const string Path = "Rpc:Services";

    /// <summary>How it is served.</summary>
    public RpcServiceOptions Service { get; private set; } = new();

    /// <summary>Where its calls go.</summary>
    public RpcRoute Route { get; private set; } = new();

    /// <summary>The options of its calls.</summary>
    public RpcCallOptions Call { get; private set; } = new();

    /// <summary>Reads the section of a contract.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="problems">Gets what is wrong with the section.</param>
    public static ContractSettings Read(IConfiguration? configuration, RpcContract contract, ICollection<string> problems)
    {
        var settings = new ContractSettings();
        if (configuration is null)
        {
            return settings;
        }

        string[] names = [contract.Service, contract.ContractType.Name];
        var sections = names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => configuration.GetSection($"{Path}:{name}"))
            .Where(static section => section.Value is not null || section.GetChildren().Any())
            .ToArray();
        if (sections.Length > 1)
        {
            problems.Add($"'{sections[0].Path}' and '{sections[1].Path}' are the same contract; expected one of them.");
        }
        else if (sections is [var section])
        {
            settings.Read(section, problems);
        }

        return settings;
    }

    private void Read(IConfigurationSection section, ICollection<string> problems)
    {
        var reader = new SettingsReader(section, problems);
        reader.Text(nameof(Service.Queue), value => (Service, Route) = (Service with { Queue = value }, Route with { Queue = value }));
        reader.Choice<RpcWire>(nameof(Service.Wire), value => (Service, Route) = (Service with { Wire = value }, Route with { Wire = value }));
        reader.Choice<RpcTopology>(nameof(Service.Topology), value => Service = Service with { Topology = value });
        reader.Number(nameof(Service.MaxConcurrency), value => Service = Service with { MaxConcurrency = value });
        reader.Number(nameof(Service.MaxQueued), value => Service = Service with { MaxQueued = value });
        reader.Choice<RpcQueueType>(nameof(Service.QueueType), value => Service = Service with { QueueType = value });
        reader.Time(nameof(Service.QueueExpiry), value => Service = Service with { QueueExpiry = value });
        reader.Time(nameof(Call.Timeout), value => Call = Call with { Timeout = value });
        reader.Flag(nameof(Call.WaitForReady), value => Call = Call with { WaitForReady = value });
        reader.RejectUnknown();
    }
}
