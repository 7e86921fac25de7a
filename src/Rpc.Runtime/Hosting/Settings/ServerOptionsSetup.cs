using Microsoft.Extensions.DependencyInjection;

namespace Rpc.Hosting.Settings;

/// <summary>The options of the server.</summary>
/// <param name="services">The container.</param>
/// <param name="plan">The server.</param>
internal sealed class ServerOptionsSetup(IServiceProvider services, ServerPlan plan)
    : OptionsSetup<RpcServerOptions>(services, plan, Microsoft.Extensions.Options.Options.DefaultName)
{
    /// <inheritdoc/>
    protected override void Read(RpcServerOptions options, ICollection<string> problems) => OptionsSettings.Read(Configuration, plan.Section, options, problems);

    /// <inheritdoc/>
    protected override void CheckRanges(RpcServerOptions options) => options.ValidatedCopy();

    /// <inheritdoc/>
    protected override void CheckContracts(ICollection<string> problems) =>
        plan.Check(Services.GetRequiredService<IServiceScopeFactory>(), Configuration, problems);
}
