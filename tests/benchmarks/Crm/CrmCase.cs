using Npgsql;

namespace Platform.Benchmarks.Crm;

/// <summary>What a person looks at, through a service's door and as the SQL for the same rows.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="AskAsync">Asks the nth time.</param>
/// <param name="Source">The database.</param>
/// <param name="Statements">The statements; of their parameters <c>$1</c> is the tenant, the others are those of the nth time.</param>
/// <param name="Arguments">The parameters behind the tenant, the nth time.</param>
internal sealed record CrmCase(string Name, Func<int, Task> AskAsync, NpgsqlDataSource Source, IReadOnlyList<string> Statements, Func<int, object[]> Arguments)
{
    /// <summary>The statements for what another database has of it, with the same parameters; null where that is nothing.</summary>
    public (NpgsqlDataSource Source, IReadOnlyList<string> Statements)? Beside { get; init; }

    /// <summary>Runs the statements and reads all that they find.</summary>
    public async Task ReadAsync(Guid tenant, int time, CancellationToken cancellationToken)
    {
        await ReadAsync(Source, Statements, tenant, time, cancellationToken);
        if (Beside is { } beside)
            await ReadAsync(beside.Source, beside.Statements, tenant, time, cancellationToken);
    }

    private async Task ReadAsync(NpgsqlDataSource source, IReadOnlyList<string> statements, Guid tenant, int time, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            command.Parameters.Add(new() { Value = tenant });
            foreach (var argument in Arguments(time).Take(statement.Contains("$3", StringComparison.Ordinal) ? 2 : statement.Contains("$2", StringComparison.Ordinal) ? 1 : 0))
                command.Parameters.Add(new() { Value = argument });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var values = new object[reader.FieldCount];
            while (await reader.ReadAsync(cancellationToken))
                reader.GetValues(values);
        }
    }
}
