using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Invitations;

/// <summary>Somebody who was asked to work in the company and has not come yet. Who comes is a member, and the invitation is gone.</summary>
internal sealed class Invitation : Entity
{
    /// <summary>As the audit log names it.</summary>
    public const string Noun = "tenants.invitation";

    public const string UniqueEmail = "ix_invitations_tenant_id_email";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>In lower case.</summary>
    public string Email { get; private init; } = "";

    public string DisplayName { get; private init; } = "";

    public List<string> Roles { get; private init; } = [];

    public Guid? InviterId { get; private init; }

    public DateTimeOffset SendTime { get; private set => field = ToMicroseconds(value); }

    public DateTimeOffset ExpireTime { get; private set => field = ToMicroseconds(value); }

    public static Invitation Create(V1.Invitation message, Guid? inviter, DateTimeOffset now)
    {
        var invitation = new Invitation
        {
            Email = EmailOf(message.Email),
            DisplayName = message.DisplayName.Trim(),
            Roles = [.. message.Roles.Distinct().Order(StringComparer.Ordinal)],
            InviterId = inviter,
            CreateTime = now,
        };
        invitation.Send(now);
        return invitation;
    }

    /// <summary>An address as invitations have it.</summary>
    public static string EmailOf(string email) => email.Trim().ToLowerInvariant();

    public void Send(DateTimeOffset now) => (SendTime, ExpireTime, UpdateTime) = (now, now + Lifetime, now);

    public V1.Invitation ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Email = Email,
        DisplayName = DisplayName,
        Roles = { Roles },
        InviterId = InviterId.ToIdText(),
        SendTime = SendTime.ToTimestamp(),
        ExpireTime = ExpireTime.ToTimestamp(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };

    public static void Map(EntityTypeBuilder<Invitation> builder)
    {
        builder.IsResource("invitations");
        builder.HasIndex(invitation => new { invitation.TenantId, invitation.Email }).IsUnique().HasDatabaseName(UniqueEmail);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(invitation => invitation.TenantId).HasPrincipalKey(tenant => tenant.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
