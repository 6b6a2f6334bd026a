using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MimeKit;
using Platform.MailCatcher.Smtp;

namespace Platform.MailCatcher.Inbox;

/// <summary>The caught messages: one .eml file each, their summaries in memory, newest first.</summary>
internal sealed partial class MailStore(MailOptions options, TimeProvider time, ILogger<MailStore> logger)
{
    private readonly Lock _writing = new();
    private ImmutableList<MessageSummary> _messages = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Newest first.</summary>
    public ImmutableList<MessageSummary> Messages => _messages;

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Reads what an earlier run has kept.</summary>
    public void Load()
    {
        MakeFolder();
        var found = Directory.EnumerateFiles(options.Directory, "*.eml").Select(Read).OfType<MessageSummary>();
        _messages = [.. found.OrderByDescending(message => message.Id)];
    }

    public MessageSummary Add(Envelope envelope, ReadOnlySpan<byte> content)
    {
        var received = time.GetUtcNow();
        var id = Guid.CreateVersion7(received);
        var path = PathOf(id);
        // Written aside and moved, so that a crash leaves no half message in the inbox.
        var aside = path + ".part";
        using (var file = File.Create(aside))
        {
            file.Write(Encoding.UTF8.GetBytes(TraceOf(envelope, id, received)));
            file.Write(content);
        }

        File.Move(aside, path);
        var summary = Read(path) ?? throw new IOException("The message could not be read back.");
        Change(messages => messages.Insert(0, summary));
        Trim();
        return summary;
    }

    public MessageSummary? Find(Guid id) => _messages.Find(message => message.Id == id);

    public Stream? Open(Guid id) => Find(id) is null ? null : new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    public async Task<MimeMessage?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var file = Open(id);
        return file is null ? null : await MimeMessage.LoadAsync(file, cancellationToken);
    }

    /// <summary>Deletes the messages that match; returns how many did.</summary>
    public int Delete(Predicate<MessageSummary> match)
    {
        var doomed = _messages.FindAll(match);
        foreach (var message in doomed)
            File.Delete(PathOf(message.Id));
        Change(messages => messages.RemoveRange(doomed));
        return doomed.Count;
    }

    private void Trim()
    {
        if (_messages.Count > options.MaxMessages)
        {
            var last = _messages[options.MaxMessages - 1].Id;
            Delete(message => message.Id.CompareTo(last) < 0);
        }
    }

    private void Change(Func<ImmutableList<MessageSummary>, ImmutableList<MessageSummary>> change)
    {
        lock (_writing)
        {
            _messages = change(_messages);
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }
    }

    private MessageSummary? Read(string path)
    {
        try
        {
            return Guid.TryParse(Path.GetFileNameWithoutExtension(path), out var id) ? MessageReader.Summarize(id, path) : null;
        }
        catch (Exception failure) when (failure is IOException or FormatException)
        {
            Log.Unreadable(logger, Path.GetFileName(path), failure);
            return null;
        }
    }

    // Letters are nobody else's to read, on whatever machine.
    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(options.Directory);
        else
            File.SetUnixFileMode(Directory.CreateDirectory(options.Directory).FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string PathOf(Guid id) => Path.Combine(options.Directory, $"{id}.eml");

    /// <summary>The headers that a receiving server adds; they keep the envelope with the message.</summary>
    private static string TraceOf(Envelope envelope, Guid id, DateTimeOffset received)
    {
        var recipients = string.Concat(envelope.Recipients.Select(recipient => $"{MessageReader.RecipientHeader}: {recipient}\r\n"));
        var date = received.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        var client = string.Concat(envelope.ClientName.Where(letter => letter is > ' ' and < '\x7f' and not (';' or '(' or ')')));
        return $"Return-Path: <{envelope.Sender}>\r\n{recipients}Received: from {client} by localhost with ESMTP id {id:N}; {date}\r\n";
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The message file {File} cannot be read and is left out of the inbox")]
        public static partial void Unreadable(ILogger logger, string file, Exception failure);
    }
}
