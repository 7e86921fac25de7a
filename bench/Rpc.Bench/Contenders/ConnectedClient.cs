using Rpc.Bench.Contract;
using Rpc.Bench.Fairness;

namespace Rpc.Bench.Contenders;

/// <summary>A contender's client.</summary>
/// <param name="work">Makes the calls.</param>
/// <param name="close">Closes it.</param>
internal sealed class ConnectedClient(IWork work, Func<ValueTask> close) : IAsyncDisposable
{
    /// <summary>Makes the calls.</summary>
    public IWork Work => work;

    /// <summary>Makes the calls of the fairness benchmark; only our own contenders serve them.</summary>
    public IMixed? Mixed { get; init; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => close();
}
