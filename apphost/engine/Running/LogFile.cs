using System.Globalization;
using System.Text;

namespace Platform.LocalHost.Running;

/// <summary>The log of a resource. A run's log is kept once more beside the next one's.</summary>
internal sealed class LogFile : IDisposable
{
    private const int KeptLines = 40;

    private readonly Lock _writing = new();
    private readonly Queue<string> _tail = new();
    private readonly StreamWriter _writer;
    private readonly Action<string>? _hear;

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

    public void Write(string line)
    {
        lock (_writing)
        {
            _writer.WriteLine(line);
            _tail.Enqueue(line);
            if (_tail.Count > KeptLines)
                _tail.Dequeue();
        }

        _hear?.Invoke(line);
    }

    /// <summary>Marks something that the engine did.</summary>
    public void Note(string text, DateTimeOffset when) => Write($"--- {when.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {text}");

    public void Dispose()
    {
        lock (_writing)
            _writer.Dispose();
    }
}
