namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="ISquares"/>.</summary>
public sealed class SquaresService : ISquares
{
    public async Task<long> Square(long number)
    {
        await Task.Yield();
        return number * number;
    }
}
