using Microsoft.Extensions.Logging;
using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>What the calls of one served contract have in common. Immutable.</summary>
internal sealed class ServiceContext
{
    public required RpcContract Contract { get; init; }

    /// <summary>The contract's serializer.</summary>
    public required IRpcSerializer Serializer { get; init; }

    /// <summary>Whether requests carry nothing but the argument.</summary>
    public required bool Bare { get; init; }

    public required int MaxRequestSize { get; init; }

    public required int MaxReplySize { get; init; }

    public required bool IncludeExceptionDetails { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The deadlines of running calls.</summary>
    public required DeadlineWheel Deadlines { get; init; }

    /// <summary>Fires when the server does not wait for its calls any longer.</summary>
    public required CancellationToken Stopping { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>The method a request asks for; <see langword="null"/> if this contract has none of that name, or the request names none.</summary>
    public RpcMethod? Find(in RequestProperties properties)
    {
        if (Bare)
        {
            return Contract.Methods[0];
        }

        var name = NameOf(properties);
        foreach (var method in Contract.Methods)
        {
            if (method.Name == name)
            {
                return method;
            }
        }

        return null;
    }

    /// <summary>The method's name as a request has it.</summary>
    public string NameOf(in RequestProperties properties) =>
        Bare ? Contract.Methods[0].Name
        : properties.Type is { } type ? type[(type.LastIndexOf('/') + 1)..] : "?";
}
