using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Sidecar.Scheduling;

/// <summary>A job or reminder and how far it has come. Guarded by the scheduler's lock.</summary>
internal sealed class ScheduledEntry
{
    private readonly Schedule? _schedule;

    private ScheduledEntry(ScheduleKey key, ScheduleHome home, Job definition)
    {
        (Key, Home, Definition) = (key, home, definition);
        _schedule = definition.HasSchedule ? Schedule.Parse(definition.Schedule) : null;
    }

    public ScheduleKey Key { get; }
    public ScheduleHome Home { get; }

    /// <summary>As it was asked for, with the default failure policy where none was given. Nobody changes it.</summary>
    public Job Definition { get; }

    /// <summary>Without a due time: when it was asked for. The first round is then one period later.</summary>
    public required DateTimeOffset Begin { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>When to deliver next; null when all is done.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>A delivery is under way.</summary>
    public bool IsRunning { get; set; }

    private uint Count { get; set; }
    private DateTimeOffset? Last { get; set; }
    private uint Attempts { get; set; }

    /// <exception cref="FormatException">What is asked for makes no sense; the message is for the caller.</exception>
    public static ScheduledEntry Create(ScheduleKey key, ScheduleHome home, Job asked, DateTimeOffset now)
    {
        if (!asked.HasDueTime && !asked.HasSchedule)
            throw new FormatException("job must have either a due time or a schedule");
        if (!asked.HasSchedule && asked is { HasRepeats: true, Repeats: > 1 })
            throw new FormatException("job must have a schedule to repeat");
        if (asked is { HasRepeats: true, Repeats: 0 })
            throw new FormatException("defined repeats must be greater than 0");
        if (!asked.HasSchedule && asked.HasTtl)
            throw new FormatException("job must have a schedule to have a ttl");
        var definition = asked.Clone();
        definition.FailurePolicy ??= Retries.Default;
        Retries.Check(definition.FailurePolicy);
        var begin = asked.HasDueTime ? PointInTime.Parse(asked.DueTime, now) : now;
        var expires = asked.HasTtl ? PointInTime.Parse(asked.Ttl, begin) : (DateTimeOffset?)null;
        if (asked.HasDueTime && begin > expires)
            throw new FormatException("ttl must be greater than due time");
        var entry = new ScheduledEntry(key, home, definition) { Begin = begin, Expires = expires };
        entry.Next = entry.Upcoming();
        return entry;
    }

    public static ScheduledEntry Read(ScheduleHome home, ReadOnlySpan<byte> row)
    {
        var stored = ScheduleRow.Parser.ParseFrom(row);
        var definition = Job.Parser.ParseFrom(stored.Definition);
        var key = stored.ActorType.Length == 0
            ? ScheduleKey.Job(home.AppId, definition.Name)
            : ScheduleKey.Reminder(stored.ActorType, stored.ActorId, definition.Name);
        var entry = new ScheduledEntry(key, home, definition)
        {
            Begin = stored.Begin.ToDateTimeOffset(),
            Expires = stored.Expires?.ToDateTimeOffset(),
            Count = stored.Count,
            Last = stored.Last?.ToDateTimeOffset(),
            Attempts = stored.Attempts,
        };
        entry.Next = entry.Upcoming();
        return entry;
    }

    public byte[] ToRow() => new ScheduleRow
    {
        Definition = Definition.ToByteString(),
        ActorType = Key.Audience.Kind == ScheduleKind.Reminder ? Key.Audience.Name : "",
        ActorId = Key.ActorId,
        Begin = Timestamp.FromDateTimeOffset(Begin),
        Expires = Expires is { } expires ? Timestamp.FromDateTimeOffset(expires) : null,
        Count = Count,
        Last = Last is { } last ? Timestamp.FromDateTimeOffset(last) : null,
        Attempts = Attempts,
    }.ToByteArray();

    public void Delivered() => Conclude();

    /// <summary>A delivery failed: it is tried again as the failure policy says, or this round is given up.</summary>
    public void Failed(DateTimeOffset now)
    {
        Attempts++;
        if (Retries.Pause(Definition.FailurePolicy, Attempts) is { } pause)
            Next = now + pause;
        else
            Conclude();
    }

    // The rounds keep their rhythm, whatever the deliveries took.
    private void Conclude()
    {
        Last = Round();
        Count++;
        Attempts = 0;
        Next = Upcoming();
    }

    private DateTimeOffset? Upcoming() =>
        (Definition.HasRepeats && Count >= Definition.Repeats) || Round() is not { } next || next > Expires ? null : next;

    private DateTimeOffset? Round() => _schedule is null
        ? Count == 0 ? Begin : null
        : Last is { } last ? _schedule.After(last)
        : Definition.HasDueTime ? Begin
        : _schedule.After(Begin);
}
