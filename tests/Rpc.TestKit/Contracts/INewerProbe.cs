namespace Rpc.TestKit.Contracts;

/// <summary>A later version of <see cref="IProbe"/>, with a method that servers of the first version do not have.</summary>
[RpcService(IProbe.WireName)]
public interface INewerProbe
{
    Task<string> Ask(string question, CancellationToken cancellationToken = default);

    Task<string> Explain(string question);
}
