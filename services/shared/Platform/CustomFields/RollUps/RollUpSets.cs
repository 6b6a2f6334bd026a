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

    /// <summary>The values of one roll-up, for orders.</summary>
    public static IQueryable<KeptText> TextsOf(PlatformDbContext db, string child, string key)
    {
        var counted = db.Counted(index => index.Resource == child && index.FieldKey == key);
        return db.Set<RollUpValue>().AsNoTracking().Where(value => value.RollUp == key && value.SortKey != null && counted.Any())
            .Select(value => new KeptText { RecordId = value.RecordId, SortKey = value.SortKey! });
    }
}
