using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Bulk;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Inventory.V1;
using Platform.Records.Purging;

namespace Platform.Records.Links;

/// <summary>A built-in record is gone: what its relations say of the records that lead to it is done in the background, however many they are.</summary>
internal static class OnBuiltInDeleted
{
    private const string Deal = "deals.deal";

    public static EventSubscriptions OnBuiltInDeletions(this EventSubscriptions events) => events
        .On<LeadDeleted, RecordsDbContext>(HandleLead)
        .On<PersonDeleted, RecordsDbContext>(HandlePerson)
        .On<CompanyDeleted, RecordsDbContext>(HandleCompany)
        .On<ActivityDeleted, RecordsDbContext>(HandleActivity)
        .On<DealDeleted, RecordsDbContext>(HandleDeal)
        .On<DealRestored, RecordsDbContext>(HandleRestored)
        .On<QuoteDeleted, RecordsDbContext>(HandleQuote)
        .On<RelationDeleted, RecordsDbContext>(HandleRelation)
        .On<ProductDeleted, RecordsDbContext>(HandleProduct)
        .On<PriceListDeleted, RecordsDbContext>(HandlePriceList)
        .On<PriceDeleted, RecordsDbContext>(HandlePrice);

    private static Task HandleLead(LeadDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.lead", message.Id, context, db, cancellationToken);

    private static Task HandlePerson(PersonDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.person", message.Id, context, db, cancellationToken);

    private static Task HandleCompany(CompanyDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.company", message.Id, context, db, cancellationToken);

    private static Task HandleActivity(ActivityDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.activity", message.Id, context, db, cancellationToken);

    private static Task HandleDeal(DealDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync(Deal, message.Id, context, db, cancellationToken, message.Restorable ? Comeback(context) : TimeSpan.Zero);

    // It is there again before anything was done to those that lead to it.
    private static async Task HandleRestored(DealRestored message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken)
    {
        var deal = Guid.Parse(message.Id);
        db.Purges.RemoveRange(await db.Purges.Where(purge => purge.ObjectKey == Deal && purge.RecordId == deal).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    // While a job that deleted it can be taken back, which runs from the job's end, as long as that.
    private static TimeSpan Comeback(EventContext context) => 2 * context.Services.GetRequiredService<IOptions<BulkOptions>>().Value.UndoWithin;

    private static Task HandleQuote(QuoteDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("deals.quote", message.Id, context, db, cancellationToken);

    private static Task HandleProduct(ProductDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("inventory.product", message.Id, context, db, cancellationToken);

    private static Task HandleRelation(RelationDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.relation", message.Id, context, db, cancellationToken);

    private static Task HandlePriceList(PriceListDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("inventory.price_list", message.Id, context, db, cancellationToken);

    private static Task HandlePrice(PriceDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("inventory.price", message.Id, context, db, cancellationToken);

    private static async Task FollowAsync(string resource, string id, EventContext context, RecordsDbContext db, CancellationToken cancellationToken, TimeSpan later = default)
    {
        var target = Guid.Parse(id);
        if (!await db.Links.AnyAsync(link => link.TargetId == target, cancellationToken))
            return;
        db.Purges.Add(new RecordPurge { ObjectKey = resource, RecordId = target, DueTime = context.Time + later });
        await db.SaveChangesAsync(cancellationToken);
    }
}
