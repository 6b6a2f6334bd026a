using Platform.Contacts.V1;
using Platform.Events;

namespace Platform.Communications.Followers;

/// <summary>A record became part of another one, or another one: who followed it follows that.</summary>
internal static class OnRecordJoined
{
    public static Task Handle(LeadMerged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        CopyAsync(db, FollowedKinds.Lead, message.MergedIds, FollowedKinds.Lead, message.Lead?.Id, cancellationToken);

    public static Task Handle(PersonMerged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        CopyAsync(db, FollowedKinds.Person, message.MergedIds, FollowedKinds.Person, message.Person?.Id, cancellationToken);

    public static Task Handle(CompanyMerged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        CopyAsync(db, FollowedKinds.Company, message.MergedIds, FollowedKinds.Company, message.Company?.Id, cancellationToken);

    public static async Task Handle(LeadConverted message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        await CopyAsync(db, FollowedKinds.Lead, [message.LeadId], FollowedKinds.Person, message.PersonId, cancellationToken);
        await CopyAsync(db, FollowedKinds.Lead, [message.LeadId], FollowedKinds.Company, message.CompanyId, cancellationToken);
    }

    private static Task CopyAsync(CommunicationsDbContext db, string resource, IEnumerable<string> from, string to, string? id, CancellationToken cancellationToken) =>
        RecordKey.IdOf(id) is { } target && from.Select(text => RecordKey.IdOf(text)).OfType<Guid>().ToList() is { Count: > 0 } sources
            ? db.CopyAsync(resource, sources, new RecordKey(to, target), cancellationToken)
            : Task.CompletedTask;
}
