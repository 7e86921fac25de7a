using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests.Contracts;

/// <summary>A service whose calls wait at a gate that is registered in the container.</summary>
public sealed class GateDesk(Gate gate) : IDesk
{
    public async Task<string> Ask(string question, CancellationToken cancellationToken = default)
    {
        await gate.PassAsync(cancellationToken);
        return question;
    }
}
