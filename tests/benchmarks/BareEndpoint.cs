using Npgsql;

namespace Platform.Benchmarks;

/// <summary>What one would write without a platform: no authentication, tenancy, permissions, validation or telemetry; the same rows.</summary>
internal static class BareEndpoint
{
    public const string Schema = """
        DROP TABLE IF EXISTS people, outbox;
        CREATE TABLE people (tenant_id uuid, id uuid, first_name text, last_name text, email text, phone text, job_title text, language text,
            custom_fields jsonb, create_time timestamptz, update_time timestamptz, PRIMARY KEY (tenant_id, id));
        CREATE UNIQUE INDEX ON people (tenant_id, lower(email)) WHERE email <> '';
        CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id uuid, tenant_id uuid, topic text, type text, aggregate_id uuid, data text, create_time timestamptz);
        INSERT INTO people SELECT '0190ac3e-0000-7000-8000-000000000001', gen_random_uuid(), 'First' || i, 'Last' || i, 'bare' || i || '@seed.example', '', '', 'en', '{}', now(), now()
            FROM generate_series(1, 10000) AS i;
        """;

    private const string Insert = """
        INSERT INTO people VALUES ($1, $2, $3, $4, $5, '', '', '', '{}', now(), now())
        """;

    private const string Publish = """
        INSERT INTO outbox (event_id, tenant_id, topic, type, aggregate_id, data, create_time) VALUES ($1, $2, 'contacts', 'platform.contacts.v1.PersonCreated', $3, $4, now())
        """;

    private static readonly Guid Tenant = Guid.Parse("0190ac3e-0000-7000-8000-000000000001");

    public static async Task<int> RunAsync(string connection, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var source = NpgsqlDataSource.Create(connection);
        await using var app = builder.Build();
        app.MapPost("/people", (NewPerson person) => CreateAsync(source, person));
        app.MapGet("/people", () => ListAsync(source));
        await app.StartAsync(cancellationToken);
        Console.WriteLine(app.Urls.Single());
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<IResult> CreateAsync(NpgsqlDataSource source, NewPerson person)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Command(Insert, Tenant, id, person.FirstName, person.LastName, person.Email));
        batch.BatchCommands.Add(Command(Publish, Guid.CreateVersion7(), Tenant, id, System.Text.Json.JsonSerializer.Serialize(person)));
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return Results.Ok(new Person(id, person.FirstName, person.LastName, person.Email));
    }

    private static async Task<IResult> ListAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT id, first_name, last_name, email, phone, job_title, language, custom_fields::text, create_time, update_time FROM people WHERE tenant_id = $1 ORDER BY id DESC LIMIT 51");
        command.Parameters.Add(new NpgsqlParameter { Value = Tenant });
        await using var reader = await command.ExecuteReaderAsync();
        var people = new List<object>(50);
        while (await reader.ReadAsync() && people.Count < 50)
            people.Add(new { id = reader.GetGuid(0), firstName = reader.GetString(1), lastName = reader.GetString(2), email = reader.GetString(3), phone = reader.GetString(4), jobTitle = reader.GetString(5), language = reader.GetString(6), createTime = reader.GetDateTime(8), updateTime = reader.GetDateTime(9) });
        return Results.Ok(new { people });
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private sealed record NewPerson(string FirstName, string LastName, string Email);

    private sealed record Person(Guid Id, string FirstName, string LastName, string Email);
}
