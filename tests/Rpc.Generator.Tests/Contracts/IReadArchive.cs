namespace Rpc.Generator.Tests.Contracts;

/// <summary>A service of its own, into which <see cref="ICounted"/> is lifted.</summary>
[RpcService("read-archive")]
internal interface IReadArchive : IAudited, ICounted
{
    Task<string> Find(int id);
}
