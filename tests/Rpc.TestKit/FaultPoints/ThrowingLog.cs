using Microsoft.Extensions.Logging;

namespace Rpc.TestKit.FaultPoints;

/// <summary>A log whose disk is full: every line of the server's own, from event 200 on, throws.</summary>
public sealed class ThrowingLog : ILoggerFactory, ILogger
{
    private const int FirstOfServer = 200;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id >= FirstOfServer)
        {
            throw new IOException("the disk is full");
        }
    }

    public void Dispose()
    {
    }
}
