namespace Rpc.Generator.Tests.Contracts;

/// <summary>The base of bases: a service of its own.</summary>
[RpcService("audit")]
internal interface IAudited
{
    [RpcMethod(OneWay = true)]
    Task Audit(string line, CancellationToken cancellationToken = default);
}
