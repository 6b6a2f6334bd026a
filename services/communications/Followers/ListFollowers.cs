using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Communications.Followers;

internal static class ListFollowers
{
    public sealed class Validator : AbstractValidator<V1.ListFollowersRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Followed();
            RuleFor(request => request.RecordId).Id();
        }
    }

    public static async Task<Result<V1.ListFollowersResponse>> Handle(V1.ListFollowersRequest request, CommunicationsDbContext db, FollowedRecord records, CancellationToken cancellationToken)
    {
        var record = new RecordKey(request.Resource, Guid.Parse(request.RecordId));
        var found = await records.FindAsync(record, cancellationToken);
        return found.IsError ? found.Error : await ReadAsync(record, found.Value.UserId, db, cancellationToken);
    }

    /// <summary>The followers of a record that the caller sees.</summary>
    public static async Task<V1.ListFollowersResponse> ReadAsync(RecordKey record, Guid? owner, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Followers.AsNoTracking().Where(row => row.Resource == record.Resource && row.RecordId == record.Id).ToListAsync(cancellationToken);
        var response = new V1.ListFollowersResponse();
        // Who looks after it and said nothing of it.
        if (owner is { } person && rows.TrueForAll(row => row.UserId != person || row.Follows))
            response.Followers.Add(new V1.Follower { UserId = person.ToString(), IsOwner = true, FollowTime = rows.Find(row => row.UserId == person)?.FollowTime.ToTimestamp() });
        response.Followers.AddRange(rows.Where(row => row.Follows && row.UserId != owner).OrderBy(row => row.FollowTime).ThenBy(row => row.UserId)
            .Select(row => new V1.Follower { UserId = row.UserId.ToString(), FollowTime = row.FollowTime.ToTimestamp() }));
        response.Following = response.Followers.Any(follower => follower.UserId == db.Caller.Subject);
        return response;
    }
}
