using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Activities;

/// <summary>Who hangs something on a deal and who hears that it is gone wait for each other, so that the later one sees what the earlier one did.</summary>
internal static class DealHold
{
    /// <summary>Holds the deal until the transaction ends, beside others who hang something on it; whether it is there.</summary>
    public static async Task<bool> HasDealAsync(this ContactsDbContext db, Guid deal, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({Key(db, deal)}, 0))", cancellationToken);
        return !await db.DeletedDeals.AnyAsync(gone => gone.DealId == deal, cancellationToken);
    }

    /// <summary>It is gone; when those who hang something on it at this moment have ended.</summary>
    public static async Task ForgetDealAsync(this ContactsDbContext db, Guid deal, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({Key(db, deal)}, 0))", cancellationToken);
        if (!await db.DeletedDeals.AnyAsync(gone => gone.DealId == deal, cancellationToken))
            db.DeletedDeals.Add(new DeletedDeal { DealId = deal });
    }

    private static string Key(ContactsDbContext db, Guid deal) => $"deal {db.Caller.RequiredTenantId} {deal}";
}
