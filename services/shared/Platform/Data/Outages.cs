using Npgsql;
using Platform.Tenancy.Placements;

namespace Platform.Data;

/// <summary>What may go well when it is tried again.</summary>
public static class Outages
{
    /// <summary>
    /// Whether the database is away, is about to shut down, or gave up this time only (a deadlock, a lock that was not to be had), whatever
    /// the exception is wrapped in. False where it refused what it was told to do.
    /// </summary>
    public static bool IsOutage(Exception? exception) => exception switch
    {
        null => false,
        // Class 57P: the server is shutting down, was shut down, or is starting up.
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or TenantDatabaseMissingException => true,
        _ => IsOutage(exception.InnerException),
    };

    /// <summary>Whether a failure is that of a database that is gone, shut to connections, or not to be reached, where another one may well answer.</summary>
    public static bool IsAbsence(Exception failure) => failure is TimeoutException || IsOutage(failure)
        || failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.ObjectNotInPrerequisiteState };
}
