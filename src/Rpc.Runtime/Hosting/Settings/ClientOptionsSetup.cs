namespace Rpc.Hosting.Settings;

/// <summary>The options of one client.</summary>
/// <param name="services">The container.</param>
/// <param name="plan">The client.</param>
internal sealed class ClientOptionsSetup(IServiceProvider services, ClientPlan plan) : OptionsSetup<RpcClientOptions>(services, plan, plan.OptionsName)
{
    /// <inheritdoc/>
    protected override void Read(RpcClientOptions options, ICollection<string> problems) => OptionsSettings.Read(Configuration, plan.Section, options, problems);

    /// <inheritdoc/>
    protected override void CheckRanges(RpcClientOptions options) => options.ValidatedCopy();

    /// <inheritdoc/>
    protected override void CheckContracts(ICollection<string> problems)
    {
        foreach (var (contract, route, options) in plan.Contracts)
        {
            try
            {
                var settings = ContractSettings.Read(Configuration, contract, problems);
                var call = Routes.Merge(settings.Call, options);
                var merged = Routes.Merge(settings.Route, route);
                RouteRules.Validate(contract, merged.Queue, merged.Wire);
                Client.RpcInvoker.Validate(call);
            }
            catch (ArgumentException invalid)
            {
                problems.Add($"{contract.ContractType}: {OptionProblems.TextOf(invalid)}");
            }
        }
    }
}
