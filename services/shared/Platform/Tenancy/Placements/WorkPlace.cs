using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>A schema with rows of work, in the service's database or in that of one tenant.</summary>
public sealed class WorkPlace
{
    private readonly TenantDatabases _databases;
    private readonly Place _place;
    private readonly Guid _tenant;

    internal WorkPlace(TenantDatabases databases, Place place, Guid tenant) => (_databases, _place, _tenant) = (databases, place, tenant);

    /// <summary>The schema.</summary>
    public string Schema => _place.Schema;

    /// <summary>The tenant's own database; null for the service's.</summary>
    internal string? Database => _place.Database;

    /// <summary>There was more to do than could be taken: the next look is not put off.</summary>
    internal void IsUnfinished()
    {
        if (_place.Database is { } database)
            _databases.UseOf(database).Touch();
    }

    /// <summary>Opens a connection to its database.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_place.Database is not { } database)
            return await _databases.Home.OpenConnectionAsync(cancellationToken);
        // What a dead mover left unsaid is said by whoever comes first; the place may be worked in then, or refuses.
        if (!await IsConfirmedAsync(database, cancellationToken))
            await _databases.ConfirmAsync(_tenant, database, cancellationToken);
        return await OpenAsync(database, cancellationToken);
    }

    /// <summary>A command that makes the rest of the transaction work in the schema; that of <see cref="CrossTenantWork"/> comes before it.</summary>
    public NpgsqlBatchCommand Enter() => new("SELECT platform.enter_place($1)") { Parameters = { new() { Value = _place.Schema } } };

    private async Task<bool> IsConfirmedAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SELECT set_config('platform.tenant_id', $1, true)") { Parameters = { new() { Value = _tenant.ToString() } } },
                new NpgsqlBatchCommand("SELECT confirmed FROM platform.placements WHERE tenant_id = $1") { Parameters = { new() { Value = _tenant } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0);
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection();
        try
        {
            await _databases.OpenInAsync(connection, database, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
