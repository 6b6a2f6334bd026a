using System.Globalization;

namespace Platform.Filtering.Values;

/// <summary>Calendar dates and moments, with or without quotes. A date stands for the moment at which it begins where the user is.</summary>
public static class Dates
{
    /// <summary>The first date that is taken: before it and after the last, zones and offsets leave the range of the types.</summary>
    public static readonly DateOnly First = new(1000, 1, 1);

    /// <summary>The last date that is taken.</summary>
    public static readonly DateOnly Last = new(9000, 12, 31);

    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz"];
    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm"];

    internal static ValueReader<DateOnly> Date { get; } = new()
    {
        Parse = literal => ValueReader<DateOnly>.Constant(ParseDate(literal.Value)),
        Advice = _ => "Use a date as YYYY-MM-DD, or a function such as today() or startOfMonth().",
        FromFunction = function => function.Date is { } date ? context => date(context) : null,
    };

    internal static ValueReader<DateTimeOffset> Instant { get; } = new()
    {
        Parse = literal => ParseDate(literal.Value) is { } date ? context => StartOf(date, context.Zone) : ParseInstant(literal.Value),
        Advice = _ => "Use a moment such as 2026-05-31T18:00:00Z, a date, or a function such as now() or daysAgo(7).",
        FromFunction = function => function.Date is { } date ? context => function.IsEnd ? EndOf(date(context), context.Zone) : StartOf(date(context), context.Zone) : context => Truncate(context.Now.ToUniversalTime()),
    };

    /// <summary>A date as YYYY-MM-DD from <see cref="First"/> to <see cref="Last"/>; null for what is none.</summary>
    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsKnown(date) ? date : null;

    /// <summary>Whether it is from <see cref="First"/> to <see cref="Last"/>.</summary>
    public static bool IsKnown(DateOnly date) => date >= First && date <= Last;

    // A moment without an offset is one of the user's clock.
    private static Func<FilterContext, DateTimeOffset?>? ParseInstant(string text)
    {
        var upper = text.ToUpperInvariant();
        if (upper.EndsWith('Z'))
            upper = $"{upper[..^1]}+00:00";
        if (DateTimeOffset.TryParseExact(upper, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && IsInRange(instant.DateTime))
            return ValueReader<DateTimeOffset>.Constant(Truncate(instant.ToUniversalTime()));
        return DateTime.TryParseExact(upper, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && IsInRange(local) ? context => InZone(local, context.Zone) : null;
    }

    /// <summary>The first moment of the date there: later than midnight where clocks skip it, the earlier midnight where they repeat it.</summary>
    public static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone) => InZone(date.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>The last moment of the date there that PostgreSQL tells apart from the first of the next.</summary>
    public static DateTimeOffset EndOf(DateOnly date, TimeZoneInfo zone) => StartOf(date.AddDays(1), zone).AddMicroseconds(-1);

    internal static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return Truncate(new DateTimeOffset(local, offset).ToUniversalTime());
    }

    // What PostgreSQL keeps.
    internal static DateTimeOffset Truncate(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    private static bool IsInRange(DateTime moment) => IsKnown(DateOnly.FromDateTime(moment));
}
