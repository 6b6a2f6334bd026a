using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Errors;

namespace Platform.Data;

/// <summary>What it means when a constraint of the database refuses a row.</summary>
/// <param name="Constraint">Name of the constraint or index.</param>
/// <param name="Error">What the caller is told.</param>
public abstract record Violation(string Constraint, Error Error);

/// <summary>What it means when a unique index refuses a row.</summary>
/// <param name="Index">Name of the index.</param>
/// <param name="Error">What the caller is told.</param>
public sealed record UniqueViolation(string Index, Error Error) : Violation(Index, Error);

/// <summary>What it means when a foreign key refuses a row, because its target is missing or because it is still referred to.</summary>
/// <param name="Key">Name of the foreign key.</param>
/// <param name="Error">What the caller is told.</param>
public sealed record ForeignKeyViolation(string Key, Error Error) : Violation(Key, Error);

/// <summary>Saving where a constraint or a row version may refuse it: an expected outcome, hence a value.</summary>
public static class Saving
{
    /// <summary>Saves; null when it went well. In an open transaction a refusal undoes this save only.</summary>
    public static async Task<Error?> TrySaveChangesAsync(this PlatformDbContext db, CancellationToken cancellationToken, params Violation[] violations)
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

    private static Violation? Find(DbUpdateException exception, Violation[] violations) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } refused
            ? violations.FirstOrDefault(violation => violation.Constraint == refused.ConstraintName)
            : null;
}
