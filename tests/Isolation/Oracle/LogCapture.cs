using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Isolation.Tests.Oracle;

/// <summary>Every line that a process of the installation logs, exceptions included.</summary>
internal sealed class LogCapture
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILoggerProvider For(string process) => new Provider(process, _lines);

    private sealed class Provider(string process, ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger($"{process} {categoryName}", lines);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string source, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {source}: {formatter(state, exception)} {exception}");
    }
}
