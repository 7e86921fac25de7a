namespace Rpc.TestKit.Broker;

/// <summary>Where the programs of RabbitMQ and Erlang are on this machine.</summary>
static class RabbitMqPrograms
{
    // First of all the scripts themselves: those that Debian puts on the PATH insist on the user root or rabbitmq and change to the latter.
    static readonly string[] Folders =
    [
        "/usr/lib/rabbitmq/bin",
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    public static string? Server { get; } = Find("rabbitmq-server");

    public static string? Ctl { get; } = Find("rabbitmqctl");

    public static string? Epmd { get; } = Find("epmd");

    /// <summary>Null when a node can be started, else what is missing.</summary>
    public static string? Missing =>
        !OperatingSystem.IsLinux() ? "a private RabbitMQ node needs Linux"
        : Server is null || Ctl is null || Epmd is null ? "rabbitmq-server is not installed (./test.sh installs it)"
        : null;

    static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
