using System.Globalization;
using System.Net.Sockets;
using Rpc.TestKit.Broker.Processes;

namespace Rpc.TestKit.Broker;

/// <summary>The processes of one node: its epmd, which stays while the node is stopped and started again, and the node itself.</summary>
sealed class BrokerNode : IAsyncDisposable
{
    static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(10);

    readonly NodeFolder _folder;
    OwnedProcess? _epmd;
    OwnedProcess? _node;

    public BrokerNode(NodeFolder folder) => _folder = folder;

    public bool IsRunning => _node is { HasExited: false };

    /// <summary>The id of the Erlang machine, as the node itself wrote it.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(_folder.PidFile), CultureInfo.InvariantCulture);

    public async Task StartEpmdAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["-port", $"{_folder.Ports.Epmd}", "-address", "127.0.0.1"];
        _epmd = OwnedProcess.Start(RabbitMqPrograms.Epmd!, arguments, _folder.EpmdOutput, _folder.Environment);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await AcceptsAsync(_folder.Ports.Epmd, cancellationToken))
        {
            FailIfEpmdEnded();
            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Starts the node and returns when it accepts clients.</summary>
    /// <exception cref="BrokerException">It, or its epmd, ended instead.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _node?.Dispose();
        _node = null;
        using var ready = new ReadySocket(_folder.NotifySocket);
        _node = OwnedProcess.Start(RabbitMqPrograms.Server!, [], _folder.NodeOutput, _folder.Environment);

        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = ready.WaitAsync(stopWaiting.Token);
        // If another program had our epmd's port, ours ends, perhaps only after that program accepted our dialling; the node would register there.
        await Task.WhenAny(told, _node.WaitForExitAsync(stopWaiting.Token), _epmd!.WaitForExitAsync(stopWaiting.Token));
        await stopWaiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        FailIfEpmdEnded();
        if (_node.HasExited)
            throw new BrokerException("The node ended while it started.");
        await told;
    }

    /// <summary>Asks the node to stop; it writes its data out.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!IsRunning)
            return;
        Signal.Send(ProcessId, Signal.Terminate);
        await _node!.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ends the node as a crash or a power failure would.</summary>
    public async Task KillAsync()
    {
        if (!IsRunning)
            return;
        _node!.Send(Signal.Kill);
        await _node.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _epmd?.Send(Signal.Kill);
        // Whatever else belongs to the folder: the node's port programs, a rabbitmqctl whose caller gave up.
        await OwnedProcesses.EndAllAsync(_folder.Root, EndDeadline);
        _node?.Dispose();
        _epmd?.Dispose();
    }

    void FailIfEpmdEnded()
    {
        if (_epmd!.HasExited)
            throw new BrokerException("epmd ended; its port may have been taken.");
    }

    static async Task<bool> AcceptsAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
