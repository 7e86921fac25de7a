using Microsoft.Extensions.Logging;
using Rpc.Calls;
using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>What the services of one server have in common.</summary>
internal sealed class ServerContext(RpcServerOptions options, BrokerEndpoint? broker = null) : ICancelReceiver, IDisposable
{
    private readonly IRpcSerializer _json = JsonRpcSerializer.Create(options.Json, options.JsonContexts);
    private readonly ILogger _log = options.CreateLog<RpcServer>();
    private readonly DeadlineWheel _deadlines = new(options.TimeProvider);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ClientClocks _clocks = new(options.TimeProvider);
    private readonly List<ServiceHost> _hosts = [];

    /// <summary>Fires the tokens of all running calls.</summary>
    public Task StopCallsAsync() => _stopping.CancelAsync();

    /// <summary>Makes what serves one contract.</summary>
    public ServiceHost Host(RpcContract contract, ServiceSource service, string queue, RpcServiceOptions serviceOptions)
    {
        var serializer = options.Serializer ?? _json;
        var bare = (serviceOptions.Wire ?? contract.Methods[0].Wire) == RpcWire.Bare;
        var context = new ServiceContext
        {
            Contract = contract,
            Methods = [.. contract.Methods.Select(method => new ServedMethod(method, options.TimeProvider))],
            Clocks = _clocks,
            MaxQueued = serviceOptions.MaxQueued,
            Serializer = serializer.ForContract(contract),
            Json = ContentTypes.AreSame(serializer.ContentType, _json.ContentType) ? null : _json.ForContract(contract),
            Bare = bare,
            MaxRequestSize = options.MaxRequestSize,
            MaxReplySize = options.MaxReplySize,
            IncludeExceptionDetails = options.IncludeExceptionDetails,
            RequireUserId = options.RequireUserId,
            Time = options.TimeProvider,
            Deadlines = _deadlines,
            Stopping = _stopping.Token,
            Log = _log,
            Telemetry = new ServerTelemetry(queue, broker),
        };

        // Past a thousand the broker gains nothing from sending ahead, and its memory for it counts.
        var prefetch = (ushort)Math.Min(serviceOptions.MaxConcurrency, 1000);
        var topology = serviceOptions.Topology ?? (bare ? RpcTopology.DeclareIfMissing : RpcTopology.Declare);
        var host = new ServiceHost(
            new CallRunner(service, context, [.. options.Filters, .. service.Filters]), context, new RequestQueue(queue, topology, prefetch)
            {
                Shared = bare,
                Type = serviceOptions.QueueType,
                Expiry = serviceOptions.QueueExpiry,
            }, serviceOptions.MaxConcurrency);
        _hosts.Add(host);
        return host;
    }

    /// <inheritdoc/>
    public void Cancelled(string? replyTo, in CorrelationId correlationId)
    {
        foreach (var host in _hosts)
        {
            host.Running.Cancel(replyTo, correlationId);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _deadlines.Dispose();
}
