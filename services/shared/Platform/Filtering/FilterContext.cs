using Platform.Tenancy;

namespace Platform.Filtering;

/// <summary>What an expression depends on beside the row.</summary>
/// <param name="Now">The moment for <c>now()</c> and all functions of dates.</param>
/// <param name="Zone">Where the user's days begin.</param>
/// <param name="User">The values of <c>user.…</c>.</param>
public sealed record FilterContext(DateTimeOffset Now, TimeZoneInfo Zone, CallerVariables User)
{
    /// <summary>The user's calendar date.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    /// <summary>A context for the caller of the scope, who is known by id only.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="zone">The user's time zone; UTC where it is not known.</param>
    public static FilterContext Of(Caller caller, TimeProvider time, TimeZoneInfo? zone = null) => new(
        time.GetUtcNow(),
        zone ?? TimeZoneInfo.Utc,
        CallerVariables.None with { Id = Guid.TryParse(caller.Subject, out var id) ? id : null });
}
