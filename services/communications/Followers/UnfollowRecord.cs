using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Communications.Followers;

internal static class UnfollowRecord
{
    public sealed class Validator : AbstractValidator<V1.UnfollowRecordRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Followed();
            RuleFor(request => request.RecordId).Id();
        }
    }

    public static async Task<Result<V1.ListFollowersResponse>> Handle(
        V1.UnfollowRecordRequest request, CommunicationsDbContext db, FollowedRecord records, TimeProvider time, CancellationToken cancellationToken)
    {
        var record = new RecordKey(request.Resource, Guid.Parse(request.RecordId));
        var found = await records.FindAsync(record, cancellationToken);
        if (found.IsError)
            return found.Error;
        await db.SayAsync(record, Guid.Parse(db.Caller.Subject), follows: false, time.GetUtcNow(), cancellationToken);
        return await ListFollowers.ReadAsync(record, found.Value.UserId, db, cancellationToken);
    }
}
