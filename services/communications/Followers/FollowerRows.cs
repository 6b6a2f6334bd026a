using Microsoft.EntityFrameworkCore;

namespace Platform.Communications.Followers;

/// <summary>Writes who hears of a record, by statements that two at once cannot trip over.</summary>
internal static class FollowerRows
{
    /// <summary>Somebody says whether they want to hear of a record. Who says the same again follows it since they said so first.</summary>
    public static Task SayAsync(this CommunicationsDbContext db, RecordKey record, Guid user, bool follows, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO followers AS known (tenant_id, resource, record_id, user_id, follows, follow_time)
        VALUES ({db.Caller.RequiredTenantId}, {record.Resource}, {record.Id}, {user}, {follows}, {now})
        ON CONFLICT (tenant_id, resource, record_id, user_id) DO UPDATE SET follows = excluded.follows, follow_time = excluded.follow_time WHERE known.follows <> excluded.follows
        """, cancellationToken);

    /// <summary>People who were spoken to follow a record, unless they said otherwise before.</summary>
    public static Task AddAsync(this CommunicationsDbContext db, RecordKey record, IReadOnlyCollection<Guid> users, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO followers (tenant_id, resource, record_id, user_id, follows, follow_time)
        SELECT {db.Caller.RequiredTenantId}, {record.Resource}, {record.Id}, person, true, {now} FROM unnest({users.ToArray()}) AS person
        ON CONFLICT DO NOTHING
        """, cancellationToken);

    /// <summary>Who followed a record follows what it became, too; the rows of the old one stay, for when that is undone.</summary>
    public static Task CopyAsync(this CommunicationsDbContext db, string resource, IReadOnlyCollection<Guid> ids, RecordKey to, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO followers (tenant_id, resource, record_id, user_id, follows, follow_time)
        SELECT tenant_id, {to.Resource}, {to.Id}, user_id, true, min(follow_time) FROM followers
        WHERE tenant_id = {db.Caller.RequiredTenantId} AND resource = {resource} AND record_id = ANY({ids.ToArray()}) AND follows GROUP BY tenant_id, user_id
        ON CONFLICT DO NOTHING
        """, cancellationToken);
}
