namespace Rpc.TestKit.Contracts;

/// <summary>A method for each form that a method can have.</summary>
[RpcService]
public interface IShapes
{
    Task Nothing();

    Task NothingWithToken(CancellationToken cancellationToken);

    ValueTask Tell(string line);

    ValueTask TellWithToken(string line, CancellationToken cancellationToken = default);

    Task<string> Last();

    ValueTask<int> Count();

    ValueTask<long> Add(long left, long right = -1, CancellationToken cancellationToken = default);

    Task<bool> HasToken(CancellationToken cancellationToken);

    [RpcMethod("renamed")]
    Task<string> Rename(string name);

    Task<string> Join(
        int first, string second, bool third, double fourth, long fifth, char sixth, Guid seventh, byte eighth, decimal ninth, DateOnly tenth,
        int? eleventh, string? twelfth, int[] thirteenth, Color fourteenth, TimeSpan fifteenth, Uri sixteenth, float seventeenth, ulong eighteenth,
        List<string> nineteenth, int twentieth, CancellationToken cancellationToken = default);
}
