using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Errors;

namespace Platform.Data;

/// <summary>What it means when a unique index refuses a row.</summary>
/// <param name="Index">Name of the index.</param>
/// <param name="Error">What the caller is told.</param>
public sealed record UniqueViolation(string Index, Error Error);

/// <summary>Saving where a unique index or a row version may refuse it: an expected outcome, hence a value.</summary>
public static class Saving
{
    /// <summary>Saves; null when it went well. In an open transaction a refusal undoes this save only.</summary>
    public static async Task<Error?> TrySaveChangesAsync(this PlatformDbContext db, CancellationToken cancellationToken, params UniqueViolation[] violations)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Error.Stale("resource");
        }
        catch (DbUpdateException exception) when (Find(exception, violations) is { } violation)
        {
            return violation.Error;
        }
    }

    private static UniqueViolation? Find(DbUpdateException exception, UniqueViolation[] violations) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } refused
            ? violations.FirstOrDefault(violation => violation.Index == refused.ConstraintName)
            : null;
}
