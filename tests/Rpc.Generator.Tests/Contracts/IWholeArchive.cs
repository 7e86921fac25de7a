namespace Rpc.Generator.Tests.Contracts;

/// <summary>Nothing but its bases.</summary>
[RpcService]
internal interface IWholeArchive : IArchive;
