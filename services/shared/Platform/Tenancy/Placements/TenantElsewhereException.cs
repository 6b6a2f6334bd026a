using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>A save was refused before its first statement, as the tenant lives elsewhere: to be repeated when that is known.</summary>
internal sealed class TenantElsewhereException(TenantDatabases databases, string database, Guid tenant, NpgsqlException refusal)
    : Exception("The tenant does not live in this database.", refusal)
{
    /// <summary>Finds out where, once the connection is closed. Its first round trip was refused, so nothing of the save is done.</summary>
    public Task LearnAsync(CancellationToken cancellationToken) => databases.LearnAsync(database, tenant, refusal, isHarmless: true, cancellationToken);
}
