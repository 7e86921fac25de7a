namespace Rpc.Generator.Tests.Contracts;

/// <summary>Reaches <see cref="IAudited"/> and <see cref="ICounted"/> on two ways, and hides a method of its base.</summary>
[RpcService("archive")]
internal interface IArchive : IReadArchive, IAudited, ICounted
{
    [RpcMethod(Idempotent = true)]
    Task<string> Put(string text);

    new Task<string> Find(int id);
}
