using Google.Protobuf.WellKnownTypes;
using Platform.Bulk.V1;
using Platform.Contacts.V1;
using Platform.Events;

namespace Platform.Communications.Notifications;

/// <summary>Whoever began to work on many records is told when that has ended, within the application.</summary>
internal static class OnBulkJobEnded
{
    public static Task Handle(BulkJobEnded message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(message.Job, message.UserId, context, db, cancellationToken);

    public static Task HandleDeals(Deals.V1.BulkJobEnded message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(message.Job, message.UserId, context, db, cancellationToken);

    public static Task HandleProducts(Inventory.V1.BulkJobEnded message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(message.Job, message.UserId, context, db, cancellationToken);

    public static Task HandleRecords(Records.V1.BulkJobEnded message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken) =>
        TellAsync(message.Job, message.UserId, context, db, cancellationToken);

    private static Task TellAsync(BulkJob? job, string userId, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        if (job is null || !Guid.TryParse(userId, out var user))
            return Task.CompletedTask;
        var data = new Struct
        {
            Fields =
            {
                ["job"] = Value.ForString(job.Id),
                ["resource"] = Value.ForString(job.Resource),
                ["operation"] = Value.ForString(job.Operation.ToString()),
                ["state"] = Value.ForString(job.State.ToString()),
                ["total"] = Value.ForNumber(job.Total),
                ["done"] = Value.ForNumber(job.Done),
                ["failed"] = Value.ForNumber(job.Failed),
                ["skipped"] = Value.ForNumber(job.Skipped),
                ["restored"] = Value.ForNumber(job.Undo?.Restored ?? 0),
                ["kept"] = Value.ForNumber(job.Undo?.Kept ?? 0),
            },
        };
        return new Notice("bulk-job", $"{job.Resource.Split('.')[0]}.bulk-job", data, job.Id).SendAsync(user, name: "", email: "", db, context, cancellationToken);
    }
}
