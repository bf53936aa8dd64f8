using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Tests;

/// <summary>Keeps the log lines of a test.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> Warnings => _lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text);

    public IEnumerable<string> Critical => _lines.Where(l => l.Level == LogLevel.Critical).Select(l => l.Text);

    public IEnumerable<string> All => _lines.Select(l => l.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception)));
}
