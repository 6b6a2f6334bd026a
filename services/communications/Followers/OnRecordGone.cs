using Microsoft.EntityFrameworkCore;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Records.V1;
using Platform.Tenants.V1;

namespace Platform.Communications.Followers;

/// <summary>A record is gone, or somebody left the company: nobody follows it, and they follow nothing.</summary>
internal static class OnRecordGone
{
    public static Task Handle(LeadDeleted message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) => ForgetAsync(db, FollowedKinds.Lead, message.Id, cancellationToken);

    public static Task Handle(PersonDeleted message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) => ForgetAsync(db, FollowedKinds.Person, message.Id, cancellationToken);

    public static Task Handle(CompanyDeleted message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) => ForgetAsync(db, FollowedKinds.Company, message.Id, cancellationToken);

    /// <summary>Who followed a deal that can come back follows it then.</summary>
    public static Task Handle(DealDeleted message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        message.Restorable ? Task.CompletedTask : ForgetAsync(db, FollowedKinds.Deal, message.Id, cancellationToken);

    public static Task Handle(RecordPurged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) => ForgetAsync(db, message.Resource, message.Id, cancellationToken);

    public static Task Handle(MemberChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        message.Removed && RecordKey.IdOf(message.UserId) is { } user ? db.Followers.Where(row => row.UserId == user).ExecuteDeleteAsync(cancellationToken) : Task.CompletedTask;

    private static Task ForgetAsync(CommunicationsDbContext db, string resource, string id, CancellationToken cancellationToken) =>
        RecordKey.IdOf(id) is { } record ? db.Followers.Where(row => row.Resource == resource && row.RecordId == record).ExecuteDeleteAsync(cancellationToken) : Task.CompletedTask;
}
