using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Platform.Deals.Quotes.Sending;

internal static class Numbering
{
    private const string Prefix = "Q";

    /// <summary>
    /// Takes the next number of the series, within the transaction that sends the quote: a rollback gives it back, so there is no
    /// gap. Whoever sends next waits for the row until the commit, hence call it right before saving.
    /// </summary>
    public static async Task<string> TakeNumberAsync(this DealsDbContext db, int year, CancellationToken cancellationToken)
    {
        // Nothing is repaired once a number is taken, so the save needs no savepoint.
        db.Database.AutoSavepointsEnabled = false;
        var tenant = db.Caller.RequiredTenantId;
        var taken = (await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO quote_series AS series (tenant_id, year, last_number) VALUES ({tenant}, {year}, 1)
            ON CONFLICT (tenant_id, year) DO UPDATE SET last_number = series.last_number + 1
            RETURNING last_number AS "Value"
            """).ToListAsync(cancellationToken)).Single();
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{year}-{taken:D6}");
    }
}
