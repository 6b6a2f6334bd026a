using Microsoft.Extensions.Logging;
using Platform.Workflow.Worker;

namespace Dapr.Workflow.Tests.Harness;

/// <summary>Counts what workflows log.</summary>
internal sealed class WorkLogProvider(WorkLog log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(log);

    public void Dispose()
    {
    }

    private sealed class Logger(WorkLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add(formatter(state, exception));
    }
}
