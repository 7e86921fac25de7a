using Rpc.TestKit.Contracts;

namespace Rpc.TestKit.Conformance;

/// <summary>Serves <see cref="IShapes"/> by refusing everything.</summary>
internal sealed class RefusingShapes : IShapes
{
    public Task Nothing() => throw Refusal();

    public Task NothingWithToken(CancellationToken cancellationToken) => throw Refusal();

    public ValueTask Tell(string line) => throw Refusal();

    public ValueTask TellWithToken(string line, CancellationToken cancellationToken) => throw Refusal();

    public Task<string> Last() => throw Refusal();

    public ValueTask<int> Count() => throw Refusal();

    public ValueTask<long> Add(long left, long right, CancellationToken cancellationToken) => throw Refusal();

    public Task<bool> HasToken(CancellationToken cancellationToken) => throw Refusal();

    public Task<string> Rename(string name) => throw Refusal();

    public Task<string> Join(
        int first, string second, bool third, double fourth, long fifth, char sixth, Guid seventh, byte eighth, decimal ninth, DateOnly tenth,
        int? eleventh, string? twelfth, int[] thirteenth, Color fourteenth, TimeSpan fifteenth, Uri sixteenth, float seventeenth, ulong eighteenth,
        List<string> nineteenth, int twentieth, CancellationToken cancellationToken) => throw Refusal();

    private static RpcException Refusal() => new(RpcStatus.NotFound, "not here");
}
