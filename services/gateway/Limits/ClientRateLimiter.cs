using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Platform.Gateway.Limits;

/// <summary>
/// A token bucket a client. Buckets are filled up when they are looked at: the framework's partitioned limiter does it by a
/// timer, which wakes an idle process fifty times a second.
/// </summary>
internal sealed class ClientRateLimiter(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly RateLimitOptions _options = options.Value;
    private long _sweptAt = time.GetTimestamp();

    /// <summary>How many clients are remembered.</summary>
    public int Clients => _buckets.Count;

    /// <summary>Takes one permit of the client's; the standing tells how much is left.</summary>
    public RateLimitStanding Take(string client)
    {
        var now = time.GetTimestamp();
        Sweep(now);
        var bucket = _buckets.GetOrAdd(client, static (_, created) => new Bucket { Tokens = created.Burst, FilledAt = created.Now }, (_options.Burst, Now: now));
        lock (bucket)
        {
            bucket.Tokens = TokensOf(bucket, now);
            bucket.FilledAt = now;
            var allowed = bucket.Tokens >= 1;
            if (allowed)
                bucket.Tokens--;
            return new RateLimitStanding(allowed, _options.Burst, (int)bucket.Tokens, SecondsUntil(_options.Burst, bucket), SecondsUntil(1, bucket));
        }
    }

    /// <summary>Replaces what the client has left; less than nothing where others took what was thought to be there.</summary>
    public void Set(string client, double tokens)
    {
        var now = time.GetTimestamp();
        var bucket = _buckets.GetOrAdd(client, static _ => new Bucket());
        lock (bucket)
            (bucket.Tokens, bucket.FilledAt) = (tokens, now);
    }

    /// <summary>Whether the client has a permit left; takes none.</summary>
    public bool HasPermit(string client)
    {
        if (!_buckets.TryGetValue(client, out var bucket))
            return true;
        lock (bucket)
            return TokensOf(bucket, time.GetTimestamp()) >= 1;
    }

    private double TokensOf(Bucket bucket, long now) =>
        Math.Min(_options.Burst, bucket.Tokens + (time.GetElapsedTime(bucket.FilledAt, now).TotalSeconds * _options.PermitsPerSecond));

    private int SecondsUntil(int tokens, Bucket bucket) => (int)Math.Ceiling(Math.Max(0, tokens - bucket.Tokens) / _options.PermitsPerSecond);

    // A full bucket is what a new client gets: it may be forgotten at any time.
    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (time.GetElapsedTime(last, now) < SweepInterval || Interlocked.CompareExchange(ref _sweptAt, now, last) != last)
            return;
        foreach (var (client, bucket) in _buckets)
        {
            lock (bucket)
            {
                if (TokensOf(bucket, now) >= _options.Burst)
                    _buckets.TryRemove(client, out _);
            }
        }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public long FilledAt { get; set; }
    }
}

/// <summary>How a client stands after a request.</summary>
/// <param name="IsAllowed">Whether the request may pass.</param>
/// <param name="Limit">Size of the bucket.</param>
/// <param name="Remaining">What is left in it.</param>
/// <param name="ResetSeconds">Until it is full again.</param>
/// <param name="WaitSeconds">Until the next request may pass.</param>
internal readonly record struct RateLimitStanding(bool IsAllowed, int Limit, int Remaining, int ResetSeconds, int WaitSeconds);
