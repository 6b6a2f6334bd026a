using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.Notifications;
using Platform.LocalHost.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The logs of resources: what they print, and what the AppHost has to say of them.</summary>
public sealed class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, Lazy<LogFile>> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, LogFile> _open;

    internal ResourceLoggerService(Func<string, LogFile> open) => _open = open;

    /// <summary>Writes to a resource's log.</summary>
    public ILogger GetLogger(IResource resource) => GetLogger(resource.Name);

    /// <summary>Writes to the log of a resource, or of one replica of it.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger(() => Of(resourceName));

    /// <summary>The lines of this run so far, and those that come, until whoever watches has seen enough or the application has stopped.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <summary>The lines of this run so far, and those that come, until whoever watches has seen enough or the application has stopped.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Of(resourceName).WatchAsync(follow: true);

    /// <summary>The lines of this run so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(resource.Name);

    /// <summary>The lines of this run so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => Of(resourceName).WatchAsync(follow: false);

    /// <summary>The log of a resource; the same for whoever asks.</summary>
    internal LogFile Of(string name) => _logs.GetOrAdd(name, static (key, open) => new Lazy<LogFile>(() => open(key)), _open).Value;

    internal void Close()
    {
        foreach (var log in _logs.Values.Where(log => log.IsValueCreated))
            log.Value.Dispose();
    }
}

/// <summary>A line of a log.</summary>
/// <param name="LineNumber">Its number, from 1.</param>
/// <param name="Content">Its text.</param>
/// <param name="IsErrorMessage">It is known to tell of an error. Locally a program's two outputs are one, so it is only of what the AppHost itself says.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
