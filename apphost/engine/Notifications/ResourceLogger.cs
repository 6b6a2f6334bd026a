using Microsoft.Extensions.Logging;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Notifications;

/// <summary>Writes what the AppHost says of a resource into the resource's log, in the way that .NET programs print.</summary>
internal sealed class ResourceLogger(Func<LogFile> log) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        foreach (var line in (exception is null ? text : $"{text}\n{exception}").Split('\n'))
            log().Write($"{WordOf(logLevel)}: {line}", isError: logLevel >= LogLevel.Error);
    }

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        _ => "info",
    };
}
