using System.Collections.Concurrent;

namespace Platform.Identity.Mail;

/// <summary>How often a person is sent what anybody may ask for: no stranger fills somebody's mailbox.</summary>
internal sealed class MailPace(TimeProvider time)
{
    private const int MaxRemembered = 50_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _sent = new(StringComparer.Ordinal);

    public bool Allows(string userId)
    {
        var now = time.GetUtcNow();
        if (_sent.TryGetValue(userId, out var last) && now - last < Pause) return false;
        if (_sent.Count > MaxRemembered)
            foreach (var (former, at) in _sent)
                if (now - at >= Pause) _sent.TryRemove(former, out _);
        _sent[userId] = now;
        return true;
    }
}
