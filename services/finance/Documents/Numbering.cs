using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Platform.Finance.Documents;

internal static class Numbering
{
    /// <summary>
    /// Takes the next number of the series, within the transaction that issues the document: a rollback gives it back, so there
    /// is no gap. Whoever issues next waits for the row until the commit, hence call it right before saving.
    /// </summary>
    public static async Task<DocumentNumber> TakeNumberAsync(
        this FinanceDbContext db, DocumentType type, string prefix, DateOnly today, CancellationToken cancellationToken)
    {
        // Nothing is repaired once a number is taken, so the save needs no savepoint: two round trips less while others wait.
        db.Database.AutoSavepointsEnabled = false;
        var (tenant, name) = (db.Caller.RequiredTenantId, type.ToString());
        var taken = (await db.Database.SqlQuery<Taken>(
            $"""
            INSERT INTO number_series AS series (tenant_id, document_type, fiscal_year, last_number, last_date)
            VALUES ({tenant}, {name}, {today.Year}, 1, {today})
            ON CONFLICT (tenant_id, document_type, fiscal_year) DO UPDATE
                SET last_number = series.last_number + 1, last_date = greatest(series.last_date, excluded.last_date)
            RETURNING last_number, last_date
            """).ToListAsync(cancellationToken)).Single();
        return new DocumentNumber(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{today.Year}-{taken.LastNumber:D6}"), taken.LastDate);
    }

    private sealed record Taken(long LastNumber, DateOnly LastDate);
}
