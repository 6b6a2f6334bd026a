using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Update.Internal;

namespace Platform.Tenancy;

/// <summary>
/// The changes of a save in one round trip, together with the statements that tell the tenant. The provider finds how many rows a
/// change has written by the place of its statement, which is another then.
/// </summary>
// EF1001: the batch of the provider is internal; there is no other way to extend it.
#pragma warning disable EF1001
internal sealed class TenantBatch(ModificationCommandBatchFactoryDependencies dependencies, int maxBatchSize) : NpgsqlModificationCommandBatch(dependencies, maxBatchSize)
{
    protected override Task ConsumeAsync(RelationalDataReader reader, CancellationToken cancellationToken = default)
    {
        var answers = (NpgsqlDataReader)reader.DbDataReader;
        var first = StatementsOf(answers).Count - ModificationCommands.Count;
        return first == 0 ? base.ConsumeAsync(reader, cancellationToken) : ConsumeAsync(reader, answers, first, cancellationToken);
    }

    private async Task ConsumeAsync(RelationalDataReader reader, NpgsqlDataReader answers, int first, CancellationToken cancellationToken)
    {
        var change = 0;
        try
        {
            while (change < ModificationCommands.Count)
            {
                var command = ModificationCommands[change];
                var hasRow = ResultSetMappings[change].HasFlag(ResultSetMapping.HasResultRow);
                if (hasRow ? !await reader.ReadAsync(cancellationToken) : StatementsOf(answers)[first + change].Rows != 1)
                    await ThrowAggregateUpdateConcurrencyExceptionAsync(reader, change, 1, 0, cancellationToken);
                if (hasRow)
                    command.PropagateResults(reader);
                change++;
                // What goes wrong from here on is the next change's fault.
                if (hasRow)
                    await answers.NextResultAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not DbUpdateException and not OperationCanceledException)
        {
            // Behind the last one, it is a trigger of the last one that refuses.
            var entries = ModificationCommands[Math.Min(change, ModificationCommands.Count - 1)].Entries;
            throw new DbUpdateException("A change could not be saved; the inner exception says why.", exception, entries);
        }
    }

    // CS0618: there is no other way yet to see how many rows each statement of a command has written.
#pragma warning disable CS0618
    private static IReadOnlyList<NpgsqlBatchCommand> StatementsOf(NpgsqlDataReader answers) => answers.Statements;
#pragma warning restore CS0618
}
#pragma warning restore EF1001
