namespace Rpc.TestKit.Contracts;

#pragma warning disable RPC0004 // the same service on purpose: an older and a newer version of it meet in the tests

/// <summary>What most tests call: the test itself says what the handler does.</summary>
[RpcService(WireName)]
public interface IProbe
{
    /// <summary>The service's wire name, which <see cref="INewerProbe"/> shares.</summary>
    const string WireName = "conformance.probe";

    Task<string> Ask(string question, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="Ask"/>, for a hundred seconds at most.</summary>
    [RpcMethod(TimeoutMs = 100_000)]
    Task<string> AskBriefly(string question, CancellationToken cancellationToken = default);

    Task<string?> Find(string key);

    Task Tell(string line);

    Task<int> Count(int from, string unit);
}
