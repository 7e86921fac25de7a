namespace Rpc.TestKit.Contracts;

#pragma warning disable RPC0004 // the same service on purpose: an older and a newer version of it meet in the tests

/// <summary>A later version of <see cref="IProbe"/>, with a method that servers of the first version do not have.</summary>
[RpcService(IProbe.WireName)]
public interface INewerProbe
{
    Task<string> Ask(string question, CancellationToken cancellationToken = default);

    Task<string> Explain(string question);
}
