using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Rpc.Hosting.Settings;

/// <summary>
/// Fills the options of one client or server from the container and the configuration, and checks them, with all that hangs on them. What code sets is set
/// later, so it counts.
/// </summary>
/// <typeparam name="T">The options.</typeparam>
/// <param name="services">The container.</param>
/// <param name="plan">The client or server.</param>
/// <param name="name">The name of the options.</param>
internal abstract class OptionsSetup<T>(IServiceProvider services, Plan plan, string name) : IConfigureNamedOptions<T>, IValidateOptions<T>
    where T : RpcOptions, new()
{
    /// <summary>The configuration, if there is one.</summary>
    protected IConfiguration? Configuration { get; } = services.GetService<IConfiguration>();

    /// <summary>The container.</summary>
    protected IServiceProvider Services => services;

    /// <inheritdoc/>
    public void Configure(T options) => Configure(Options.DefaultName, options);

    /// <inheritdoc/>
    public void Configure(string? forName, T options)
    {
        if (forName != name)
        {
            return;
        }

        if (services.GetService<IHostEnvironment>()?.ApplicationName is { Length: > 0 } application)
        {
            options.ConnectionName = application;
        }

        options.LoggerFactory = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        options.TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Read(options, []); // what is wrong with the configuration is said by Validate, with all the rest
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? forName, T options)
    {
        if (forName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = new List<string>();
        Read(new T(), problems);
        try
        {
            CheckRanges(options);
        }
        catch (ArgumentException invalid)
        {
            problems.Add(OptionProblems.Describe(invalid, Configuration, plan.Section, typeof(T).Name));
        }

        if (ConnectionStrings.Problem(Configuration, plan) is { } problem)
        {
            problems.Add(problem);
        }

        CheckContracts(problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Reads the configuration.</summary>
    protected abstract void Read(T options, ICollection<string> problems);

    /// <summary>Throws an <see cref="ArgumentException"/> if an option is out of its range.</summary>
    protected abstract void CheckRanges(T options);

    /// <summary>Notes what is wrong with the contracts and their settings.</summary>
    protected abstract void CheckContracts(ICollection<string> problems);
}
