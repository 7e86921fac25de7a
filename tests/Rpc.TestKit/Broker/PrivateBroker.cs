using Rpc.TestKit.Broker.Processes;

namespace Rpc.TestKit.Broker;

/// <summary>
/// A RabbitMQ node of this test process alone, in a temporary folder and on free loopback ports; user guest, password guest.
/// </summary>
/// <remarks>Its methods are not to be called at the same time, except <see cref="RunCtlAsync"/>.</remarks>
public sealed class PrivateBroker : IAsyncDisposable
{
    const int Tries = 3;
    static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);
    static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);

    // rabbitmqctl starts an Erlang machine of its own, which takes a second, and many on a machine that is busy otherwise.
    static readonly TimeSpan CtlDeadline = TimeSpan.FromSeconds(90);

    readonly NodeFolder _folder;
    readonly BrokerNode _node;
    bool _disposed;

    PrivateBroker(NodeFolder folder)
    {
        _folder = folder;
        _node = new BrokerNode(folder);
    }

    /// <summary>What keeps this machine from running a private broker; null when nothing does.</summary>
    public static string? Missing => RabbitMqPrograms.Missing;

    /// <summary>The AMQP port; the same for the broker's whole life.</summary>
    public int Port => _folder.Ports.Amqp;

    /// <summary>The AMQP port with TLS, where <see cref="BrokerSettings.Certificate"/> was given.</summary>
    public int TlsPort => _folder.Ports.Tls;

    /// <summary>The AMQP address of the default virtual host.</summary>
    public string Uri => $"amqp://guest:guest@127.0.0.1:{Port}";

    /// <summary>The id of the running node's process.</summary>
    public int ProcessId => _node.ProcessId;

    /// <summary>The folder that holds the broker's files and goes with it.</summary>
    public string Folder => _folder.Root;

    /// <summary>The ids of all processes that run for this broker: none after disposal.</summary>
    public IReadOnlyList<int> FindProcesses() => OwnedProcesses.FindIn(_folder.Root);

    /// <summary>Starts a broker and returns when it accepts clients.</summary>
    /// <exception cref="BrokerException">It could not be started.</exception>
    public static Task<PrivateBroker> StartAsync(CancellationToken cancellationToken = default) => StartAsync(BrokerSettings.Usual, cancellationToken);

    /// <summary>Starts a broker that is not like the usual one, and returns when it accepts clients.</summary>
    /// <exception cref="BrokerException">It could not be started.</exception>
    public static async Task<PrivateBroker> StartAsync(BrokerSettings settings, CancellationToken cancellationToken = default)
    {
        if (Missing is { } missing)
            throw new BrokerException($"No private broker: {missing}.");
        for (var attempt = 1; ; attempt++)
        {
            var broker = new PrivateBroker(new NodeFolder(NodePorts.Choose(), settings));
            try
            {
                await broker.RunAsync("start", StartDeadline, async deadline =>
                {
                    await broker._node.StartEpmdAsync(deadline);
                    await broker._node.StartAsync(deadline);
                }, cancellationToken);
                return broker;
            }
            catch (Exception e)
            {
                await broker.DisposeAsync();
                // A port may have been taken between choosing and using it; other ports, then. A node that hangs would hang there too.
                if (e is BrokerException { InnerException: not OperationCanceledException } && attempt < Tries)
                    continue;
                throw;
            }
        }
    }

    /// <summary>Stops the node in good order. Durable queues and persistent messages stay; so do the ports.</summary>
    public Task StopAsync() => RunAsync("stop", StopDeadline, _node.StopAsync);

    /// <summary>Kills the node, as a crash would.</summary>
    public Task KillAsync() => _node.KillAsync();

    /// <summary>Starts the stopped or killed node again, on the same ports and with the same data.</summary>
    public Task StartAgainAsync() => _node.IsRunning
        ? throw new InvalidOperationException("The broker is running.")
        : RunAsync("start again", StartDeadline, _node.StartAsync);

    /// <summary>Runs rabbitmqctl against this broker and returns what it wrote to stdout.</summary>
    /// <exception cref="BrokerException">It failed; the message holds its stdout and stderr.</exception>
    public async Task<string> RunCtlAsync(params string[] args)
    {
        var run = await CapturedRun.RunAsync(RabbitMqPrograms.Ctl!, args, _folder.Environment, CtlDeadline);
        return run.ExitCode == 0
            ? run.Output
            : throw new BrokerException($"rabbitmqctl {string.Join(' ', args)} ended with {run.ExitCode}.\n{run.Output}{run.Errors}");
    }

    /// <summary>Ends every process of the broker and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _node.DisposeAsync();
        Directory.Delete(_folder.Root, recursive: true);
    }

    async Task RunAsync(string what, TimeSpan deadline, Func<CancellationToken, Task> action, CancellationToken cancellationToken = default)
    {
        using var expired = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        expired.CancelAfter(deadline);
        try
        {
            await action(expired.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = e is OperationCanceledException ? $"not done after {deadline.TotalSeconds} s" : e.Message;
            throw new BrokerException($"Could not {what} the private broker: {reason}\n{_folder.Tail()}", e);
        }
    }
}
