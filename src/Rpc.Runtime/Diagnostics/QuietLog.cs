using Microsoft.Extensions.Logging;

namespace Rpc.Diagnostics;

/// <summary>A user's log whose own failures stay in it: a line that cannot be written must cost nobody a reply or a connection.</summary>
/// <param name="log">The user's log.</param>
internal sealed class QuietLog(ILogger log) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return log.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is no other place to say it.
        }
    }
}
