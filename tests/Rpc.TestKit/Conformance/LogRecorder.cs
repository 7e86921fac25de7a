using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rpc.TestKit.Conformance;

/// <summary>Keeps what is logged.</summary>
public sealed class LogRecorder : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text, Exception? Exception)> _lines = new();

    /// <summary>The lines of one event.</summary>
    public IReadOnlyList<(string Text, Exception? Exception)> Lines(int id) => [.. _lines.Where(line => line.Id == id).Select(line => (line.Text, line.Exception))];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
