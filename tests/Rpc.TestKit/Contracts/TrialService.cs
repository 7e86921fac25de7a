using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="ITrial"/> as a test says, and keeps what entered it.</summary>
/// <param name="answer">What a call does with its text; by default it returns it.</param>
public sealed class TrialService(Func<string, CancellationToken, Task<string>>? answer = null) : ITrial
{
    private readonly Channel<string> _arrivals = Channel.CreateUnbounded<string>();

    /// <param name="answer">What a call does with its text, for calls that do not look at their tokens.</param>
    public TrialService(Func<string, Task<string>> answer)
        : this((text, _) => answer(text))
    {
    }

    /// <summary>The texts of the calls that entered.</summary>
    public ConcurrentQueue<string> Entered { get; } = new();

    /// <summary>The text of the next call that entered.</summary>
    public Task<string> NextAsync() => _arrivals.Reader.ReadAsync().AsTask();

    public Task<string> Run(string text, CancellationToken cancellationToken) => AnswerAsync(text, cancellationToken);

    public Task<string> Repeat(string text, CancellationToken cancellationToken) => AnswerAsync(text, cancellationToken);

    public Task<string> RunAcknowledged(string text, CancellationToken cancellationToken) => AnswerAsync(text, cancellationToken);

    public Task Note(string text) => AnswerAsync(text, CancellationToken.None);

    public Task NoteAgain(string text) => AnswerAsync(text, CancellationToken.None);

    private Task<string> AnswerAsync(string text, CancellationToken cancellationToken)
    {
        Entered.Enqueue(text);
        _arrivals.Writer.TryWrite(text);
        return answer is null ? Task.FromResult(text) : answer(text, cancellationToken);
    }
}
