using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Access;
using Platform.Tenants.ExternalApps;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Members;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants.Invitations;

/// <summary>
/// Makes somebody a member who was invited, with the roles of the invitation. That they are who was meant is the identity server's
/// word: they are of the organization, and have confirmed the address.
/// </summary>
internal sealed partial class InvitationDoor(IServiceScopeFactory scopes, IdentityAdmin admin, AccessDirectory directory, TimeProvider time, ILogger<InvitationDoor> logger)
{
    private const string Work = "invitations";

    /// <summary>Whether the person, who was none, is a member now. Nothing is asked of the identity server where nobody is invited; while it is away nobody becomes one.</summary>
    public async Task<bool> TryAdmitAsync(TenantsDbContext db, Guid user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Another request of theirs may have followed the last invitation meanwhile: a page that is opened sends several at once.
        if (!await db.Invitations.AnyAsync(invitation => invitation.ExpireTime > now, cancellationToken))
            return await db.Members.AnyAsync(member => member.Id == user, cancellationToken);
        if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { State: V1.TenantState.Active } tenant)
            return false;
        try
        {
            return await FindAsync(tenant.Id, user, cancellationToken) is { } guest && await AdmitAsync(tenant.Id, guest, cancellationToken);
        }
        catch (Exception exception) when (IdentityAdmin.IsAway(exception, cancellationToken))
        {
            LogAway(logger, exception.GetType().Name);
            return false;
        }
    }

    private async Task<bool> AdmitAsync(Guid tenant, V1.Member guest, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, Work, guest.UserId);
        var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        return !(await db.ChangeAccessAsync(directory, () => AddAsync(db, guest, cancellationToken), cancellationToken)).IsError;
    }

    // Looked at under the lock of the company's rights: the invitation may have been taken back, or followed, meanwhile.
    private async Task<Result<V1.Member>> AddAsync(TenantsDbContext db, V1.Member guest, CancellationToken cancellationToken)
    {
        var (user, email, now) = (Guid.Parse(guest.UserId), Invitation.EmailOf(guest.Email), time.GetUtcNow());
        if (await db.Members.SingleOrDefaultAsync(row => row.Id == user, cancellationToken) is { } known)
            return known.ToMessage();
        if (await db.Invitations.SingleOrDefaultAsync(row => row.Email == email && row.ExpireTime > now, cancellationToken) is not { } invitation
            || !await db.IsInForceAsync(invitation, cancellationToken))
            return MemberErrors.NotFound(guest.UserId);
        if (await db.CheckRolesAsync(invitation.Roles, cancellationToken) is { } unknown)
            return unknown;
        if (await db.CheckMembersAsync(cancellationToken) is { } full)
            return full;
        guest.Roles.Add(invitation.Roles);
        if (guest.DisplayName.Length == 0)
            guest.DisplayName = invitation.DisplayName;
        var member = Member.Create(guest, now);
        db.Members.Add(member);
        db.Invitations.Remove(invitation);
        await db.ForgiveAsync(user, cancellationToken);
        db.Publish(member.Id, member.ToEvent());
        return await db.TrySaveChangesAsync(cancellationToken, MemberErrors.AlreadyMember) is { } error ? error : member.ToMessage();
    }

    private async Task<V1.Member?> FindAsync(Guid tenant, Guid user, CancellationToken cancellationToken)
    {
        using var answer = await admin.SendAsync(HttpMethod.Get, $"/organizations/{tenant}/members/{user}", null, cancellationToken, HttpStatusCode.NotFound);
        if (!answer.IsSuccessStatusCode)
            return null;
        var person = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return person.TryGetProperty("emailVerified", out var isVerified) && isVerified.ValueKind == JsonValueKind.True ? NewcomerDoor.MemberOf(user, person) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody who may be invited could not be looked up at the identity server: {Failure}")]
    private static partial void LogAway(ILogger logger, string failure);
}
