using Platform.CustomFields;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Filtering.Fields;
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

    /// <summary>Whose rows they are; page tokens are bound to it.</summary>
    public Guid? Tenant { get; init; }

    /// <summary>What kinds of values the tenant's own fields have; null where the value in an expression decides.</summary>
    public TenantFields? CustomFields { get; init; }

    /// <summary>The values that are kept beside the tenant's records, for queries; null where there is no database.</summary>
    internal IQueryable<CustomFieldValue>? KeptValues { get; init; }

    /// <summary>Where queries find the records that a row names, and whose rules hold for them; null where only the row itself is looked at.</summary>
    internal PlatformDbContext? Database { get; init; }

    /// <summary>The same in memory: the record of that kind and id, null where there is none.</summary>
    internal Func<Type, Guid, object?>? FindRelated { get; init; }

    /// <summary>The same for rows that are in their table no more: nothing is kept beside them, so conditions look into the rows.</summary>
    public FilterContext OfPast() => this with { KeptValues = null };

    /// <summary>Whether the caller sees that field of the other record as it is.</summary>
    internal bool MayNarrowBy(RelatedRead read) => Database?.Caller.Access?.FieldsOf(read.Resource).MayNarrowBy(read.Field) ?? true;

    /// <summary>A context for the caller of a unit of work: the indexes of custom fields are used.</summary>
    public static FilterContext Of(PlatformDbContext db, TimeProvider time, string timeZone = "") => Of(db.Caller, time, timeZone) with { KeptValues = db.Set<CustomFieldValue>(), Database = db };

    /// <summary>A context for the caller of the scope: of a service account nothing but its id is known.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="timeZone">The IANA name of the user's time zone, checked already; empty for UTC.</param>
    public static FilterContext Of(Caller caller, TimeProvider time, string timeZone = "") => new(
        time.GetUtcNow(),
        timeZone.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(timeZone),
        caller.Access?.Variables ?? CallerVariables.None with { Id = Guid.TryParse(caller.Subject, out var id) ? id : null })
    {
        Tenant = caller.TenantId,
        CustomFields = caller.CustomFields,
    };
}
