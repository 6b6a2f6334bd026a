using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Communications.Followers;

internal static class FollowRecord
{
    /// <summary>So many follow a record, beside who looks after it. Not counted under a lock: one or two more harm nobody.</summary>
    public const int Most = 500;

    private static Error TooMany => Error.Precondition("TOO_MANY_FOLLOWERS", Say($"At most {Most} people follow a record."));

    public sealed class Validator : AbstractValidator<V1.FollowRecordRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Followed();
            RuleFor(request => request.RecordId).Id();
        }
    }

    public static async Task<Result<V1.ListFollowersResponse>> Handle(
        V1.FollowRecordRequest request, CommunicationsDbContext db, FollowedRecord records, TimeProvider time, CancellationToken cancellationToken)
    {
        var record = new RecordKey(request.Resource, Guid.Parse(request.RecordId));
        var found = await records.FindAsync(record, cancellationToken);
        if (found.IsError)
            return found.Error;
        if (await db.Followers.CountAsync(row => row.Resource == record.Resource && row.RecordId == record.Id && row.Follows, cancellationToken) >= Most)
            return TooMany;
        await db.SayAsync(record, Guid.Parse(db.Caller.Subject), follows: true, time.GetUtcNow(), cancellationToken);
        return await ListFollowers.ReadAsync(record, found.Value.UserId, db, cancellationToken);
    }
}
