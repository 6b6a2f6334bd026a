using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Running;

/// <summary>The log of a resource. A run's log is kept once more beside the next one's.</summary>
internal sealed class LogFile : IDisposable
{
    private const int KeptLines = 40;

    private readonly Lock _writing = new();
    private readonly Queue<string> _tail = new();
    private readonly List<ChannelWriter<LogLine>> _watchers = [];
    private readonly HashSet<int> _errors = [];
    private readonly StreamWriter _writer;
    private readonly Action<string>? _hear;
    private int _lines;
    private bool _isClosed;

    /// <param name="path">Where it lies.</param>
    /// <param name="hear">Hears each line too.</param>
    public LogFile(string path, Action<string>? hear = null)
    {
        _hear = hear;
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (File.Exists(path))
            File.Move(path, System.IO.Path.ChangeExtension(path, ".previous.log"), overwrite: true);
        _writer = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), new UTF8Encoding(false)) { AutoFlush = true };
    }

    public string Path { get; }

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (_writing)
                return [.. _tail];
        }
    }

    public void Write(string line) => Write(line, isError: false);

    public void Write(string line, bool isError)
    {
        lock (_writing)
        {
            // What the AppHost has still to say when everything has stopped.
            if (_isClosed)
                return;
            _writer.WriteLine(line);
            _tail.Enqueue(line);
            if (_tail.Count > KeptLines)
                _tail.Dequeue();
            _lines++;
            if (isError)
                _errors.Add(_lines);
            foreach (var watcher in _watchers)
                watcher.TryWrite(new LogLine(_lines, line, isError));
        }

        _hear?.Invoke(line);
    }

    /// <summary>Marks something that the engine did.</summary>
    public void Note(string text, DateTimeOffset when) => Write($"--- {when.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {text}");

    /// <summary>The lines of this run so far, and where that is wanted those that come.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(bool follow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        List<LogLine> soFar;
        lock (_writing)
        {
            soFar = SoFar();
            if (follow && !_isClosed)
                _watchers.Add(channel.Writer);
            else
                channel.Writer.Complete();
        }

        try
        {
            if (soFar.Count > 0)
                yield return soFar;
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
                yield return [line];
        }
        finally
        {
            lock (_writing)
                _watchers.Remove(channel.Writer);
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _isClosed = true;
            foreach (var watcher in _watchers)
                watcher.TryComplete();
            _writer.Dispose();
        }
    }

    private List<LogLine> SoFar()
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var lines = new List<LogLine>();
        while (reader.ReadLine() is { } line)
            lines.Add(new LogLine(lines.Count + 1, line, _errors.Contains(lines.Count + 1)));
        return lines;
    }
}
