using Microsoft.EntityFrameworkCore;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Records.Purging;

namespace Platform.Records.Links;

/// <summary>A built-in record is gone: what its relations say of the records that lead to it is done in the background, however many they are.</summary>
internal static class OnBuiltInDeleted
{
    public static EventSubscriptions OnBuiltInDeletions(this EventSubscriptions events) => events
        .On<LeadDeleted, RecordsDbContext>(HandleLead)
        .On<PersonDeleted, RecordsDbContext>(HandlePerson)
        .On<CompanyDeleted, RecordsDbContext>(HandleCompany)
        .On<ActivityDeleted, RecordsDbContext>(HandleActivity)
        .On<DealDeleted, RecordsDbContext>(HandleDeal);

    private static Task HandleLead(LeadDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.lead", message.Id, context, db, cancellationToken);

    private static Task HandlePerson(PersonDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.person", message.Id, context, db, cancellationToken);

    private static Task HandleCompany(CompanyDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.company", message.Id, context, db, cancellationToken);

    private static Task HandleActivity(ActivityDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("contacts.activity", message.Id, context, db, cancellationToken);

    private static Task HandleDeal(DealDeleted message, EventContext context, RecordsDbContext db, CancellationToken cancellationToken) =>
        FollowAsync("deals.deal", message.Id, context, db, cancellationToken);

    private static async Task FollowAsync(string resource, string id, EventContext context, RecordsDbContext db, CancellationToken cancellationToken)
    {
        var target = Guid.Parse(id);
        if (!await db.Links.AnyAsync(link => link.TargetId == target, cancellationToken))
            return;
        db.Purges.Add(new RecordPurge { ObjectKey = resource, RecordId = target, DueTime = context.Time });
        await db.SaveChangesAsync(cancellationToken);
    }
}
