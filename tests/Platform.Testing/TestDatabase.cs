using System.Collections.Concurrent;
using Npgsql;
using Platform.LocalPostgres;

namespace Platform.Testing;

/// <summary>Databases on the real PostgreSQL: one migrated template a service, a clone a test class.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new();
    private static readonly SemaphoreSlim Cloning = new(1, 1);
    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name, string role, string password)
    {
        (_server, _name) = (server, name);
        Owner = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 4 }.ConnectionString;
        Application = new NpgsqlConnectionStringBuilder(server) { Database = name, Username = role, Password = password, MaxPoolSize = 16 }.ConnectionString;
    }

    /// <summary>Connection string of the owner.</summary>
    public string Owner { get; }

    /// <summary>Connection string of the application's role, which row-level security binds.</summary>
    public string Application { get; }

    /// <summary>An empty database; the service migrates it.</summary>
    public static async Task<TestDatabase> CreateAsync(string service, string? template = null)
    {
        var server = await TestPostgres.GetAsync();
        var name = $"{service}_{Guid.NewGuid():N}";
        // One clone at a time: PostgreSQL refuses to copy a template that somebody else is copying from.
        await Cloning.WaitAsync();
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE {name} {(template is null ? "" : $"TEMPLATE {template}")}");
        }
        finally
        {
            Cloning.Release();
        }

        return new TestDatabase(server, name, $"{service}_app", "test");
    }

    /// <summary>A clone of the service's template, which <paramref name="migrate"/> fills the first time.</summary>
    public static async Task<TestDatabase> CloneAsync(string service, Func<TestDatabase, Task> migrate)
    {
        var template = await Templates.GetOrAdd(service, _ => new Lazy<Task<string>>(async () =>
        {
            var database = await CreateAsync(service);
            await migrate(database);
            NpgsqlConnection.ClearAllPools();
            return database._name;
        })).Value;
        return await CreateAsync(service, template);
    }

    /// <summary>Another one with all that this one holds, to which nobody may be connected.</summary>
    public Task<TestDatabase> CopyAsync(string service)
    {
        NpgsqlConnection.ClearAllPools();
        return CreateAsync(service, _name);
    }

    /// <summary>Runs a statement as the owner.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(Owner, sql);

    /// <summary>One value, read as the owner, whom no policy binds.</summary>
    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Owner);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
