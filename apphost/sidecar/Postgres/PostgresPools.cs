using System.Collections.Concurrent;
using Npgsql;

namespace Platform.Sidecar.Postgres;

/// <summary>One connection pool a database, shared by all components and all apps that name it.</summary>
internal sealed class PostgresPools : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> _pools = new();

    public NpgsqlDataSource Get(string connectionString)
    {
        var builder = ConnectionStrings.Parse(connectionString);
        builder.ApplicationName ??= "sidecar";
        builder.Enlist = false;
        builder.MaxAutoPrepare = 64;
        builder.AutoPrepareMinUsages = 3;
        if (!builder.ShouldSerialize("Maximum Pool Size"))
            builder.MaxPoolSize = 16;
        return _pools.GetOrAdd(builder.ConnectionString, text => new Lazy<NpgsqlDataSource>(() => Create(text))).Value;
    }

    private static NpgsqlDataSource Create(string connectionString) =>
        new NpgsqlSlimDataSourceBuilder(connectionString).EnableArrays().EnableTransportSecurity().Build();

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
            await pool.Value.DisposeAsync();
    }
}
