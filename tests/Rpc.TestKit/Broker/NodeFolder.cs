using System.Text;
using Rpc.TestKit.Broker.Processes;

namespace Rpc.TestKit.Broker;

/// <summary>The files of one node, and the environment that keeps it inside them.</summary>
sealed class NodeFolder
{
    const int TailLines = 40;

    public NodeFolder(NodePorts ports, BrokerSettings settings)
    {
        Ports = ports;
        NodeName = $"rpc-test-{Guid.NewGuid():N}@localhost";
        Root = TestFolder.Create("broker");
        Environment = CreateEnvironment();
        File.WriteAllText(ConfigFile, $"""
            listeners.tcp.1 = 127.0.0.1:{ports.Amqp}
            log.console = false
            {string.Join('\n', [.. TlsLines(settings.Certificate), .. settings.Configuration])}

            """);
        File.WriteAllText(PluginsFile, $"[{string.Join(',', settings.Plugins)}].\n");
        // An empty file of our own in place of /etc/rabbitmq/rabbitmq-env.conf, which belongs to the system's broker.
        File.WriteAllText(EnvironmentFile, "");
    }

    public NodePorts Ports { get; }

    public string NodeName { get; }

    public string Root { get; }

    public string NotifySocket => Path.Combine(Root, "notify");

    public string PidFile => Path.Combine(Root, "pid");

    public string NodeOutput => Path.Combine(Root, "node.out");

    public string EpmdOutput => Path.Combine(Root, "epmd.out");

    /// <summary>For the node, epmd and rabbitmqctl alike; nothing of the caller's environment gets through.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    string LogFile => Path.Combine(Root, "node.log");

    string ConfigFile => Path.Combine(Root, "rabbitmq.conf");

    string PluginsFile => Path.Combine(Root, "plugins");

    string EnvironmentFile => Path.Combine(Root, "env.conf");

    /// <summary>The last lines of what the node, its log and epmd wrote.</summary>
    public string Tail()
    {
        var text = new StringBuilder();
        foreach (var file in (string[])[EpmdOutput, NodeOutput, LogFile])
        {
            if (!File.Exists(file))
                continue;
            text.Append("--- ").AppendLine(Path.GetFileName(file));
            foreach (var line in File.ReadLines(file).TakeLast(TailLines))
                text.AppendLine(line);
        }
        return text.ToString();
    }

    IEnumerable<string> TlsLines(BrokerCertificate? certificate)
    {
        if (certificate is null)
            yield break;
        yield return $"listeners.ssl.1 = 127.0.0.1:{Ports.Tls}";
        foreach (var (option, pem) in new[] { ("cacertfile", certificate.Authority), ("certfile", certificate.Certificate), ("keyfile", certificate.Key) })
        {
            var file = Path.Combine(Root, $"{option}.pem");
            File.WriteAllText(file, pem);
            yield return $"ssl_options.{option} = {file}";
        }
    }

    Dictionary<string, string> CreateEnvironment()
    {
        // "-start_epmd false": a node or rabbitmqctl that finds no epmd would start one that stays for ever.
        const string ErlangArguments = "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false";
        return new()
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["HOME"] = Root, // the Erlang cookie
            [TestFolder.OwnerVariable] = Root,
            ["ERL_CRASH_DUMP_SECONDS"] = "0", // no dump: the log says why a node did not start
            // RabbitMQ tells systemd on this socket when it is ready, and under systemd the start script becomes the node instead of waiting for it.
            ["NOTIFY_SOCKET"] = NotifySocket,
            ["ERL_EPMD_PORT"] = $"{Ports.Epmd}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = NodeName,
            ["RABBITMQ_DIST_PORT"] = $"{Ports.Distribution}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = ErlangArguments,
            // rabbitmqctl listens too, by default on one of eleven fixed ports, which two brokers and a system broker would share.
            ["RABBITMQ_CTL_ERL_ARGS"] = ErlangArguments,
            ["RABBITMQ_CTL_DIST_PORT_MIN"] = $"{NodePorts.Ctl.First}",
            ["RABBITMQ_CTL_DIST_PORT_MAX"] = $"{NodePorts.Ctl.Last}",
            ["RABBITMQ_CONF_ENV_FILE"] = EnvironmentFile,
            ["RABBITMQ_CONFIG_FILE"] = ConfigFile,
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(Root, "advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = PluginsFile,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Root, "data"),
            ["RABBITMQ_LOG_BASE"] = Root,
            ["RABBITMQ_LOGS"] = LogFile,
            ["RABBITMQ_PID_FILE"] = PidFile,
        };
    }
}
