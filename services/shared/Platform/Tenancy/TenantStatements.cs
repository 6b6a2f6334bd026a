using System.Data.Common;
using Npgsql;
using Platform.Data;

namespace Platform.Tenancy;

/// <summary>
/// What PostgreSQL is told before anything else of a transaction: the tenant, and to take it where it lives. Two statements, as the
/// second must see what was decided while the first waited for the tenant's lock; texts that are the same for all tenants, so that
/// every connection prepares them once.
/// </summary>
internal static class TenantStatements
{
    private const string Parameter = "platform_tenant";

    // One whose snapshot may be older than a move sees the old place as it was, and so must not write there.
    private const string Told = $"SELECT set_config('platform.tenant_id', @{Parameter}::text, true)";

    // For this transaction, which has no other statement.
    private const string Planned = ", set_config('plan_cache_mode', 'force_generic_plan', true)";

    private const string Followed = $"""
        ,
            CASE WHEN current_setting('transaction_isolation') <> 'read committed' THEN set_config('transaction_read_only', 'on', true) END,
            pg_advisory_xact_lock_shared(uuid_hash_extended(@{Parameter}, 0));
        SELECT platform.live_in(schema_name, database_name, confirmed) FROM platform.placements WHERE tenant_id = @{Parameter};

        """;

    private const string Statements = Told + Followed;
    private const string StatementsOfOnePlan = Told + Planned + Followed;

    private const int Count = 2;

    /// <summary>Tells the tenant at the beginning of a transaction, with its BEGIN.</summary>
    public static async Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid>(Parameter, tenant));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes the command tell the tenant first, in its own round trip.</summary>
    public static void Prepend(DbCommand command, Guid tenant)
    {
        var statements = OnePlan.TakeFrom(command) ? StatementsOfOnePlan : Statements;
        command.CommandText = statements + command.CommandText;
        command.Parameters.Add(new NpgsqlParameter<Guid>(Parameter, tenant));
    }

    /// <summary>The answer to a command that tells the tenant first, from its own first result on.</summary>
    public static async Task<DbDataReader> ReadAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken);
        try
        {
            for (var told = 0; told < Count; told++)
                await reader.NextResultAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first value of such an answer.</summary>
    public static async Task<object?> ReadValueAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await ReadAsync(command, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetValue(0) : null;
    }

    /// <summary>The same for code that cannot wait: without results, and so nothing of it is to be passed over.</summary>
    public static string Call(Guid tenant) => $"CALL platform.set_tenant('{tenant:D}');";
}
