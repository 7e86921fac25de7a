namespace Rpc.Hosting.Tests.Contracts;

/// <summary>A service that keeps a journal, and does what the question says.</summary>
public sealed class LoggingDesk : ICountingDesk, IAsyncDisposable
{
    private readonly ServiceJournal _journal;
    private string _asked = string.Empty;

    public LoggingDesk(ServiceJournal journal)
    {
        _journal = journal;
        journal.Make();
    }

    public Task<int> Count() => Task.FromResult(_journal.Made);

    public async Task<string> Ask(string question, CancellationToken cancellationToken = default)
    {
        _asked = question;
        if (question == "wait")
        {
            await _journal.Entered.PassAsync(cancellationToken);
        }

        return question == "throw" ? throw new InvalidOperationException("thrown") : question;
    }

    public async ValueTask DisposeAsync()
    {
        _journal.Dispose();
        if (_asked == "fail disposal")
        {
            throw new InvalidOperationException("cannot be disposed of");
        }

        if (_asked == "hang disposal")
        {
            await _journal.Release.Task;
        }
    }
}
