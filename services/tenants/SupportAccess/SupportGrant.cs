using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using static Platform.Tenants.V1.SupportGrantState;

namespace Platform.Tenants.SupportAccess;

/// <summary>That a support person asked for access to the company, and what became of it.</summary>
internal sealed class SupportGrant : Entity
{
    public const string OneOpen = "ix_support_grants_open";

    public V1.SupportGrantState State { get; private set; } = Requested;

    public Guid SupportUserId { get; private init; }

    public string SupportName { get; private init; } = "";

    public string Reason { get; private init; } = "";

    public TimeSpan Duration { get; private init; }

    public string Role { get; private set; } = "";

    public Guid? DeciderId { get; private set; }

    public DateTimeOffset? DecideTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public DateTimeOffset? ExpireTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public DateTimeOffset? EndTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public static SupportGrant Request(Guid user, string name, V1.RequestSupportAccessRequest request, DateTimeOffset now) => new()
    {
        SupportUserId = user,
        SupportName = name,
        Reason = request.Reason.Trim(),
        Duration = request.Duration.ToTimeSpan(),
        CreateTime = now,
        UpdateTime = now,
    };

    /// <summary>The grant that lets the person in now.</summary>
    public static Expression<Func<SupportGrant, bool>> IsInForce(Guid user, DateTimeOffset now) =>
        grant => grant.SupportUserId == user && grant.State == Granted && grant.ExpireTime > now;

    /// <summary>Whether it can still be decided on or ended.</summary>
    public bool IsOpen(DateTimeOffset now) => State == Requested || (State == Granted && now < ExpireTime);

    public void Approve(Guid decider, string role, DateTimeOffset now)
    {
        Decide(Granted, decider, now);
        (Role, ExpireTime) = (role, now + Duration);
    }

    public void Reject(Guid decider, DateTimeOffset now)
    {
        Decide(Rejected, decider, now);
        EndTime = now;
    }

    public void Revoke(Guid decider, DateTimeOffset now)
    {
        Decide(Revoked, decider, now);
        EndTime = now;
    }

    public void End(DateTimeOffset now) => (State, EndTime, UpdateTime) = (Ended, now, now);

    /// <summary>Its time is over; true where that is news.</summary>
    public bool TryExpire(DateTimeOffset now)
    {
        if (State != Granted || now < ExpireTime)
            return false;
        (State, EndTime, UpdateTime) = (Expired, ExpireTime, now);
        return true;
    }

    public V1.SupportGrant ToMessage(DateTimeOffset now) => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        State = State == Granted && !IsOpen(now) ? Expired : State,
        SupportUserId = SupportUserId.ToString(),
        SupportName = SupportName,
        Reason = Reason,
        Duration = Duration.ToDuration(),
        Role = Role,
        DeciderId = DeciderId.ToIdText(),
        DecideTime = DecideTime.ToTimestampOrNull(),
        ExpireTime = ExpireTime.ToTimestampOrNull(),
        EndTime = EndTime.ToTimestampOrNull(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };

    public static void Map(EntityTypeBuilder<SupportGrant> builder)
    {
        builder.IsResource("support_grants");
        builder.Property(grant => grant.State).HasConversion<short>();
        builder.HasIndex(grant => new { grant.TenantId, grant.SupportUserId }).IsUnique()
            .HasFilter($"state IN ({(int)Requested}, {(int)Granted})").HasDatabaseName(OneOpen);
    }

    private void Decide(V1.SupportGrantState state, Guid decider, DateTimeOffset now) => (State, DeciderId, DecideTime, UpdateTime) = (state, decider, now, now);
}
