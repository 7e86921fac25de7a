namespace Rpc.Hosting.Tests.Contracts;

/// <summary>A service without dependencies.</summary>
public sealed class EchoDesk : IDesk
{
    public Task<string> Ask(string question, CancellationToken cancellationToken = default) => Task.FromResult(question);
}
