namespace Rpc.Hosting.Tests.Contracts;

/// <summary>A contract whose answers say what the service was made of.</summary>
[RpcService]
public interface IDesk
{
    Task<string> Ask(string question, CancellationToken cancellationToken = default);
}
