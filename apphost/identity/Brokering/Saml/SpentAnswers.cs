using System.Collections.Concurrent;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Requests that were answered and assertions that were used: neither counts twice. What began before this process did is not remembered, and refused.</summary>
internal sealed class SpentAnswers(TimeProvider time)
{
    private const int SweepAt = 10_000;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _spent = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _since = time.GetUtcNow();

    public bool Remembers(DateTimeOffset begun) => begun >= _since;

    public bool IsSpent(string alias, string id) => _spent.ContainsKey($"{alias} {id}");

    /// <summary>False when it was spent before.</summary>
    public bool Spend(string alias, string id, DateTimeOffset until)
    {
        if (_spent.Count > SweepAt)
            foreach (var (old, expiry) in _spent)
                if (expiry < time.GetUtcNow()) _spent.TryRemove(old, out _);
        return _spent.TryAdd($"{alias} {id}", until);
    }
}
