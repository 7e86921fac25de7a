using Microsoft.Extensions.Logging.Abstractions;
using Rpc.Calls;
using Rpc.Runtime.Tests.Serialization;
using Rpc.Serialization;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>What a served contract's calls have in common, for tests of single parts of a server.</summary>
internal static class ServedContext
{
    /// <summary>One for tests that need nothing special, since each has a timer of its own.</summary>
    public static ServiceContext Shared { get; } = Create();

    /// <summary>A call that arrives now.</summary>
    public static ReceivedCall Receive(this ServiceContext service, IDelivery request) => new(service, request, service.Time.GetTimestamp());

    public static ServiceContext Create(
        TimeProvider? time = null, DeadlineWheel? deadlines = null, bool includeDetails = false, bool bare = false, int maxReplySize = 1_000, CancellationToken stopping = default)
    {
        time ??= TimeProvider.System;
        var contract = RpcContract<ISample>.Get();
        return new ServiceContext
        {
            Contract = contract,
            Methods = [.. contract.Methods.Select(method => new ServedMethod(method, time))],
            Clocks = new ClientClocks(time),
            MaxQueued = int.MaxValue,
            Serializer = JsonRpcSerializer.Create(null, []).ForContract(contract),
            Bare = bare,
            MaxRequestSize = 1_000,
            MaxReplySize = maxReplySize,
            IncludeExceptionDetails = includeDetails,
            Time = time,
            Deadlines = deadlines ?? new DeadlineWheel(time),
            Stopping = stopping,
            Log = NullLogger.Instance,
        };
    }
}
