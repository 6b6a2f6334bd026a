using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>A timer as it was asked for; <c>Data</c> is JSON.</summary>
internal sealed record ActorTimerRequest(string DueTime, string Period, string Ttl, string Callback, ReadOnlyMemory<byte>? Data);

/// <summary>A timer that runs. Guarded by the lock of <see cref="ActorTimers"/>.</summary>
internal sealed class ActorTimer
{
    private readonly Iso8601Duration? _period;
    private int? _repeats;

    /// <exception cref="FormatException">What is asked for makes no sense; the message is for the caller.</exception>
    public ActorTimer(ActorAddress actor, string name, ActorTimerRequest request, DateTimeOffset now)
    {
        (Actor, Name, Request) = (actor, name, request);
        Next = Moment("due time", request.DueTime, now) ?? now;
        _period = Period(request.Period);
        _repeats = _period?.Repeats;
        Expires = Moment("TTL", request.Ttl, Next);
        if (Expires is { } expires && (expires < now || expires < Next))
            throw new FormatException($"timer {actor}||{name} has already expired: dueTime: {PointInTime.Format(Next)} TTL: {request.Ttl}");
    }

    public ActorAddress Actor { get; }
    public string Name { get; }
    public ActorTimerRequest Request { get; }
    public DateTimeOffset Next { get; private set; }
    public DateTimeOffset? Expires { get; }

    /// <summary>After a round. The next one keeps the rhythm, but rounds that were missed are not made up for.</summary>
    /// <returns>False when that was the last one.</returns>
    public bool Advance(DateTimeOffset now)
    {
        if (_repeats is not null && --_repeats <= 0)
            return false;
        if (_period is not { } period || (period.Time <= TimeSpan.Zero && !period.HasDate))
            return false;
        try
        {
            var next = period.After(Next);
            Next = next > now ? next : now;
            return Expires is null || Next < Expires;
        }
        catch (ArgumentOutOfRangeException)
        {
            // The next round would be beyond the calendar.
            return false;
        }
    }

    private static DateTimeOffset? Moment(string what, string text, DateTimeOffset start)
    {
        try
        {
            return text.Length > 0 ? PointInTime.Parse(text, start) : null;
        }
        catch (FormatException error)
        {
            throw new FormatException($"error parsing timer {what}: {error.Message}", error);
        }
    }

    private static Iso8601Duration? Period(string text)
    {
        if (text.Length == 0)
            return null;
        if (Iso8601Duration.TryParse(text, out var iso))
            return iso.Repeats == 0 ? throw new FormatException("invalid timer period: has zero repetitions") : iso;
        return GoDuration.TryParse(text, out var duration)
            ? new Iso8601Duration(0, 0, 0, duration, Repeats: null)
            : throw new FormatException($"invalid timer period: parse error: unsupported duration format: {text}");
    }
}
