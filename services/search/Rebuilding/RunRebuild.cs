using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Platform.Search.Feeding;
using Platform.Search.Index;

namespace Platform.Search.Rebuilding;

/// <summary>
/// Reads records page by page into the new generation, then has it read instead of the old one, which is cleared away. Each page is
/// one transaction with how far it is, so that whoever goes on after a crash neither loses nor repeats more than a page.
/// </summary>
internal sealed class RunRebuild(SearchDbContext db, RecordSources sources, Feeder feeder, PostgresIndex index, TimeProvider time)
{
    private const int PagesATurn = 25;

    // What a page shows may be older than its reading began, by this service's clock.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.Rebuilds.SingleOrDefaultAsync(rebuild => rebuild.Id == id, cancellationToken) is not { } rebuild)
            return;
        for (var page = 0; page < PagesATurn && rebuild.FindNext() is { } part; page++)
            await ReadPageAsync(rebuild, part, cancellationToken);
        if (rebuild.FindNext() is not null)
        {
            await LeaveAsync(id, isDone: false, cancellationToken);
            return;
        }

        if (rebuild.EndTime is null)
            await SwitchAsync(rebuild, cancellationToken);
        await index.ClearAsync(cancellationToken);
        await LeaveAsync(id, isDone: true, cancellationToken);
    }

    private async Task ReadPageAsync(Rebuild rebuild, RebuildPart part, CancellationToken cancellationToken)
    {
        var asOf = time.GetUtcNow() - ClockSkew;
        var (records, nextPageToken) = await AskAsync(part, cancellationToken);
        var kept = await feeder.ReadAsync(records, asOf, cancellationToken);
        await db.InTransactionAsync(async () =>
        {
            await index.WriteAsync(kept, rebuild.Generation, cancellationToken);
            rebuild.Advance(part, records.Count, nextPageToken);
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
    }

    private async Task<(IReadOnlyList<Google.Protobuf.IMessage> Records, string NextPageToken)> AskAsync(RebuildPart part, CancellationToken cancellationToken)
    {
        try
        {
            return await sources.ReadAsync(part, cancellationToken);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An object may be gone by now, and its records with it.
            if (exception.StatusCode == StatusCode.NotFound && part.Plural.Length > 0)
                return ([], "");
            // The reason is logged: no names that companies gave.
            throw new InvalidOperationException($"The service {part.Type.Split('.')[0]} answers {exception.StatusCode}.", exception);
        }
    }

    private async Task SwitchAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var current = await db.Indexes.SingleAsync(cancellationToken);
        // Of two workers, one of whom took too long, the later one may come when the next rebuild is done.
        current.Switch(rebuild.Generation);
        rebuild.End(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task LeaveAsync(Guid id, bool isDone, CancellationToken cancellationToken)
    {
        if (await db.RebuildTurns.SingleOrDefaultAsync(turn => turn.RebuildId == id, cancellationToken) is not { } turn)
            return;
        if (isDone)
            db.RebuildTurns.Remove(turn);
        else
            turn.DueTime = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
    }
}
