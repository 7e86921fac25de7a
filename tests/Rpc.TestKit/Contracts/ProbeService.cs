namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="IProbe"/> as a test says, and counts what enters it.</summary>
/// <param name="answer">What a call does with its text; by default it returns it.</param>
public sealed class ProbeService(Func<string, CancellationToken, Task<string>>? answer = null) : IProbe
{
    private int _entered;

    /// <summary>How many calls have entered the service.</summary>
    public int Entered => Volatile.Read(ref _entered);

    public Task<string> Ask(string question, CancellationToken cancellationToken) => Answer(question, cancellationToken);

    public Task<string> AskBriefly(string question, CancellationToken cancellationToken) => Answer(question, cancellationToken);

    public async Task<string?> Find(string key) => await Answer(key, CancellationToken.None) is { Length: > 0 } found ? found : null;

    public Task Tell(string line) => Answer(line, CancellationToken.None);

    public async Task<int> Count(int from, string unit) => from + (await Answer(unit, CancellationToken.None)).Length;

    private Task<string> Answer(string text, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _entered);
        return answer is null ? Task.FromResult(text) : answer(text, cancellationToken);
    }
}
