using System.Collections.Concurrent;

namespace Platform.Identity.Passkeys;

/// <summary>Challenges that were answered: an answer that somebody overheard signs nobody in a second time.</summary>
internal sealed class SpentChallenges(TimeProvider time)
{
    private const int SweepAt = 10_000;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _spent = new(StringComparer.Ordinal);

    /// <summary>False when it was spent before.</summary>
    public bool Spend(string challenge, DateTimeOffset until)
    {
        if (_spent.Count > SweepAt)
            foreach (var (old, expiry) in _spent)
                if (expiry < time.GetUtcNow()) _spent.TryRemove(old, out _);
        return _spent.TryAdd(challenge, until);
    }
}
