using Rpc.TestKit.Contracts;

namespace Rpc.TestKit.Fuzz;

/// <summary>What is fuzzed: parameters and results of several shapes, one-way and idempotent methods.</summary>
[RpcService(WireName)]
public interface IFuzzed
{
    const string WireName = "fuzzed";

    Task<string?> Echo(string? text);

    [RpcMethod(Idempotent = true)]
    Task<long> Add(int left, long right, CancellationToken cancellationToken = default);

    Task<Loop?> Nest(Loop? value);

    Task<int> Count(Dictionary<string, List<int?>> numbers, (bool, Guid)? more = null);

    Task Nothing();

    [RpcMethod(OneWay = true)]
    Task Note(string line);

    [RpcMethod(OneWay = true, Idempotent = true)]
    Task NoteAgain(string line);
}
