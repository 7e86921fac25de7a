using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Rpc.Integration.Tests.Security;

/// <summary>
/// Keeps every text that leaves the library: log lines with their values and exceptions, events of the AMQP client below it, and the exceptions that a test gives it.
/// </summary>
internal sealed class EverythingTold : EventListener, ILoggerFactory, ILogger
{
    private const string AmqpClient = "rabbitmq-client";

    private readonly ConcurrentQueue<string> _texts = new();

    /// <summary>All of it.</summary>
    public string Text => string.Join('\n', _texts);

    /// <summary>How many log lines there were.</summary>
    public int LogLines { get; private set; }

    /// <summary>Adds an exception, with all that hangs on it.</summary>
    public void Add(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            _texts.Enqueue($"{exception}\n{exception.Message}\n{exception.StackTrace}\n{string.Join('\n', exception.Data.Values.Cast<object?>())}");
        }
    }

    /// <summary>Adds a text.</summary>
    public void Add(string? text) => _texts.Enqueue(text ?? "");

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        LogLines++;
        Add(formatter(state, exception));
        Add(exception);
        foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            Add($"{name}={value}");
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == AmqpClient)
        {
            EnableEvents(eventSource, EventLevel.LogAlways);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Called by the base's constructor too, before our own fields are there.
        if (eventData.EventSource.Name == AmqpClient && _texts is { } texts)
        {
            texts.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new([]))}");
        }
    }
}
