using Microsoft.Extensions.Logging;

namespace Rpc.TestKit.FaultPoints;

/// <summary>A log whose disk is full: every line about calls that a server writes throws.</summary>
public sealed class ThrowingLog : ILoggerFactory, ILogger
{
    private const int FirstOfServer = 200;
    private const int FirstOfTransport = 300;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is >= FirstOfServer and < FirstOfTransport)
        {
            throw new IOException("the disk is full");
        }
    }

    public void Dispose()
    {
    }
}
