using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Chores;
using Platform.Deals.V1;

namespace Platform.Contacts.Leads.Converting;

/// <summary>Ends a conversion that did not happen: its deal goes. As the platform, since who began it may be gone.</summary>
internal sealed partial class SettleConversion(ContactsDbContext db, DealsService.DealsServiceClient deals, ILogger<SettleConversion> logger)
{
    /// <summary>Takes away what is left of it; nothing where the lead was converted. Who converts waits, and finds it given up.</summary>
    public Task<bool> EndAsync(Guid id, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var left = await db.LeadConversions.FromSql($"SELECT * FROM lead_conversions WHERE id = {id} FOR UPDATE").AsNoTracking().ToListAsync(cancellationToken);
        if (left.Count > 0)
            await RemoveDealAsync(id, cancellationToken);
        await ForgetAsync(db, id, cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>The same at once. What cannot be done now is done later, and the lead can be converted again meanwhile.</summary>
    public async Task TryEndAsync(Guid id, bool hasDeal, CancellationToken cancellationToken)
    {
        if (!hasDeal)
        {
            await db.InTransactionAsync(async () => await ForgetAsync(db, id, cancellationToken), cancellationToken);
            return;
        }

        await db.LeadConversions.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(conversion => conversion.IsAbandoned, true), cancellationToken);
        try
        {
            // Not written off: a deal that is still being made is found by the chore.
            await RemoveDealAsync(id, cancellationToken);
        }
        catch (RpcException failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogLater(logger, failure.StatusCode);
        }
    }

    /// <summary>It is over; whether it was still under way. In an open transaction.</summary>
    public static async Task<bool> ForgetAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var there = await db.LeadConversions.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        await db.Chores.Where(chore => chore.Kind == ChoreKind.SettleConversion && chore.SubjectId == id).ExecuteDeleteAsync(cancellationToken);
        return there > 0;
    }

    private async Task RemoveDealAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await deals.DeleteDealAsync(new DeleteDealRequest { Id = id.ToString() }, cancellationToken: cancellationToken);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // There is none, or somebody has sold with it since: it is theirs now.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The deal of a conversion that failed cannot be deleted now ({Status}); it is tried again")]
    private static partial void LogLater(ILogger logger, StatusCode status);
}
