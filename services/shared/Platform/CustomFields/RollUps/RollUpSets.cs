using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Paging;

namespace Platform.CustomFields.RollUps;

/// <summary>Values of roll-ups in queries: none of one that is still being counted.</summary>
internal static class RollUpSets
{
    /// <summary>The roll-ups of which every record is counted.</summary>
    public static IQueryable<CustomFieldIndex> Counted(this PlatformDbContext db, Expression<Func<CustomFieldIndex, bool>> which)
    {
        var inputs = db.Set<RollUpInput>();
        return db.Set<CustomFieldIndex>().AsNoTracking().Where(which).Where(index => index.State == IndexState.Ready && !inputs.Any(input => input.RollUp == index.FieldKey && input.IsUnknown));
    }

    /// <summary>The values of a formula over roll-ups, for orders: of records of which nothing has changed since that it reads.</summary>
    public static IQueryable<KeptText> TextsOf(PlatformDbContext db, RollUpFormula formula)
    {
        var sql = $$"""
            SELECT kept.record_id, kept.sort_key FROM roll_up_values AS kept JOIN {{RecordTables.Of(db, formula.Child)}} AS record ON record.tenant_id = {0} AND record.id = kept.record_id
            WHERE kept.tenant_id = {0} AND kept.roll_up = {1} AND kept.sort_key IS NOT NULL AND (SELECT platform.are_roll_ups_counted({0}, {2}))
                AND kept.unit = (record.custom_fields ->> {1}) || platform.roll_ups_of({0}, kept.record_id, {2})
            """;
        return db.Database.SqlQueryRaw<KeptText>(sql, db.Caller.RequiredTenantId, formula.StoredKey, formula.Rolled);
    }

    /// <summary>The values of one roll-up, for orders.</summary>
    public static IQueryable<KeptText> TextsOf(PlatformDbContext db, string child, string key)
    {
        var counted = db.Counted(index => index.Resource == child && index.FieldKey == key);
        return db.Set<RollUpValue>().AsNoTracking().Where(value => value.RollUp == key && value.SortKey != null && counted.Any())
            .Select(value => new KeptText { RecordId = value.RecordId, SortKey = value.SortKey! });
    }
}
