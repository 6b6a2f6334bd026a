using Npgsql;
using Platform.Testing;

namespace Architecture.Tests.Schema;

/// <summary>Walks a migrated database by its catalogue.</summary>
internal static class SchemaGuard
{
    /// <summary>What is wrong, and how many things each check looked at.</summary>
    public static async Task<SchemaReport> InspectAsync(TestDatabase database, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var looked = new Dictionary<string, int>();
        await using var source = NpgsqlDataSource.Create(database.Owner);
        foreach (var check in SchemaCheck.All)
        {
            await using var command = source.CreateCommand(check.Query);
            command.Parameters.AddWithValue("role", new NpgsqlConnectionStringBuilder(database.Application).Username!);
            command.Parameters.AddWithValue("global", SchemaExceptions.Global.Keys.ToArray());
            command.Parameters.AddWithValue("across", SchemaExceptions.AcrossTenants.Keys.ToArray());
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            looked[check.Name] = 0;
            while (await reader.ReadAsync(cancellationToken))
            {
                looked[check.Name]++;
                if (!reader.IsDBNull(1))
                    findings.Add($"{reader.GetString(0)} {reader.GetString(1)}.");
            }
        }

        return new SchemaReport(findings, looked);
    }
}

/// <summary>The outcome of a walk.</summary>
/// <param name="Findings">Sentences that begin with the name of the thing.</param>
/// <param name="Looked">How many things each check looked at.</param>
internal sealed record SchemaReport(IReadOnlyList<string> Findings, IReadOnlyDictionary<string, int> Looked);
