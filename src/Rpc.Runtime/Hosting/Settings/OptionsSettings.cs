using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace Rpc.Hosting.Settings;

/// <summary>Which keys of the configuration set which option of a client or server.</summary>
internal static class OptionsSettings
{
    /// <summary>Reads the section of a client.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="path">The section's path.</param>
    /// <param name="options">The options to set.</param>
    /// <param name="problems">Gets what is wrong with the section.</param>
    public static void Read(IConfiguration? configuration, string path, RpcClientOptions options, ICollection<string> problems) =>
        Read(configuration, path, problems, reader =>
        {
            ReadCommon(reader, options);
            reader.Time(nameof(options.Timeout), value => options.Timeout = value);
            reader.Flag(nameof(options.WaitForReady), value => options.WaitForReady = value);
            reader.Section(nameof(options.Retry), retry => ReadRetry(retry, options));
            reader.Choice<RpcReplyMode>(nameof(options.ReplyMode), value => options.ReplyMode = value);
            reader.Time(nameof(options.ReplyQueueExpiry), value => options.ReplyQueueExpiry = value);
            reader.Number(nameof(options.MaxInFlight), value => options.MaxInFlight = value);
            reader.Flag(nameof(options.Batching), value => options.Batching = value);
            reader.List(nameof(options.PassedOnHeaders), options.PassedOnHeaders);
            reader.Flag(nameof(options.SendUserId), value => options.SendUserId = value);
        });

    /// <summary>Reads the section of the server.</summary>
    /// <param name="configuration">The configuration, if there is one.</param>
    /// <param name="path">The section's path.</param>
    /// <param name="options">The options to set.</param>
    /// <param name="problems">Gets what is wrong with the section.</param>
    public static void Read(IConfiguration? configuration, string path, RpcServerOptions options, ICollection<string> problems) =>
        Read(configuration, path, problems, reader =>
        {
            ReadCommon(reader, options);
            reader.Time(nameof(options.DrainTimeout), value => options.DrainTimeout = value);
            reader.Flag(nameof(options.IncludeExceptionDetails), value => options.IncludeExceptionDetails = value);
            reader.List(nameof(options.AllowedReplyQueues), options.AllowedReplyQueues);
            reader.Flag(nameof(options.RequireUserId), value => options.RequireUserId = value);
        });

    private static void Read(IConfiguration? configuration, string path, ICollection<string> problems, Action<SettingsReader> read)
    {
        if (configuration?.GetSection(path) is { } section)
        {
            var reader = new SettingsReader(section, problems);
            reader.Skip(ConnectionStrings.Key);
            read(reader);
            reader.RejectUnknown();
        }
    }

    private static void ReadCommon(SettingsReader reader, RpcOptions options)
    {
        reader.Text(nameof(options.ConnectionName), value => options.ConnectionName = value);
        reader.Time(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        reader.Time(nameof(options.Heartbeat), value => options.Heartbeat = value);
        reader.Flag(nameof(options.WaitForBroker), value => options.WaitForBroker = value);
        reader.Number(nameof(options.MaxRequestSize), value => options.MaxRequestSize = value);
        reader.Number(nameof(options.MaxReplySize), value => options.MaxReplySize = value);
        reader.Section(nameof(options.Tls), tls =>
        {
            tls.Text(nameof(RpcTlsOptions.ServerName), value => (options.Tls ??= new RpcTlsOptions()).ServerName = value);
            tls.Choice<X509RevocationMode>(nameof(RpcTlsOptions.RevocationMode), value => (options.Tls ??= new RpcTlsOptions()).RevocationMode = value);
        });
    }

    private static void ReadRetry(SettingsReader retry, RpcClientOptions options)
    {
        retry.Number(nameof(RpcRetryOptions.MaxAttempts), value => options.Retry = options.Retry with { MaxAttempts = value });
        retry.Time(nameof(RpcRetryOptions.Delay), value => options.Retry = options.Retry with { Delay = value });
        retry.Time(nameof(RpcRetryOptions.MaxDelay), value => options.Retry = options.Retry with { MaxDelay = value });
        retry.Time(nameof(RpcRetryOptions.NoServerWindow), value => options.Retry = options.Retry with { NoServerWindow = value });
    }
}
