using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Data;

namespace Platform.Bulk;

/// <summary>Writes down the records of a job: by one statement, so that the set is that of one moment, however large it is.</summary>
internal static class BulkChoice
{
    // One statement writes a row for each of millions.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Those that a query finds.</summary>
    public static async Task<long> InsertAsync(PlatformDbContext db, Guid job, IQueryable<Guid> ids, CancellationToken cancellationToken)
    {
        await using var query = ids.CreateDbCommand();
        var parameters = query.Parameters.Cast<NpgsqlParameter>().Select(parameter => (object)parameter.Clone())
            .Append(new NpgsqlParameter("bulk_tenant", db.Caller.RequiredTenantId)).Append(new NpgsqlParameter("bulk_job", job)).Append(new NpgsqlParameter("bulk_outcome", nameof(V1.BulkOutcome.Pending)));
        // Braces in it are no places of parameters.
        var text = query.CommandText.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        var statement = $"INSERT INTO bulk_items (tenant_id, job_id, record_id, outcome) SELECT @bulk_tenant, @bulk_job, chosen.id, @bulk_outcome FROM ({text}) AS chosen (id)";
        var usual = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(Patience);
        try
        {
            return await db.Database.ExecuteSqlRawAsync(statement, parameters, cancellationToken);
        }
        finally
        {
            db.Database.SetCommandTimeout(usual);
        }
    }

    /// <summary>Those that were named.</summary>
    public static async Task<long> InsertAsync(PlatformDbContext db, Guid job, Guid[] ids, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync(
        $"INSERT INTO bulk_items (tenant_id, job_id, record_id, outcome) SELECT {db.Caller.RequiredTenantId}, {job}, id, {nameof(V1.BulkOutcome.Pending)} FROM unnest({ids}) AS id", cancellationToken);
}
