using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenants.Roles;

namespace Platform.Tenants.Invitations;

/// <summary>What holds for all invitations of a company together.</summary>
internal static partial class InvitationRules
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Whether it is a name and no address of a page: it stands in a mail to somebody who has not asked for one.</summary>
    public static bool IsName(string name) => !name.Any(char.IsControl) && !Address().IsMatch(name);

    /// <summary>
    /// An error where the company has had its mails of the day. By the audit log, which also knows of invitations that are gone. Not counted
    /// under a lock: one or two more harm nobody.
    /// </summary>
    public static async Task<Error?> CheckMailsAsync(this TenantsDbContext db, InvitationOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Ids of entries are in the order of time.
        var (tenant, since) = (db.Caller.RequiredTenantId, Guid.CreateVersion7(now - Day));
        var sent = (await db.Database.SqlQuery<long>(
            $"""
            SELECT count(*) AS "Value" FROM audit_entries
            WHERE tenant_id = {tenant} AND id >= {since} AND resource = {Invitation.Noun} AND action IN ('create', 'update')
            """).ToListAsync(cancellationToken)).Single();
        return sent < options.MailsPerDay ? null : InvitationErrors.TooMany(options.MailsPerDay);
    }

    /// <summary>Whether who invited might do so now; who was invited by a machine came by its right at that time.</summary>
    public static async Task<bool> IsInForceAsync(this TenantsDbContext db, Invitation invitation, CancellationToken cancellationToken) =>
        invitation.InviterId is not { } inviter
        || (await db.Members.Where(member => member.Id == inviter).Select(member => member.Roles).SingleOrDefaultAsync(cancellationToken) is { } roles
            && await db.MayInviteAsync(roles, cancellationToken));

    /// <summary>Whether somebody with these roles may invite others.</summary>
    public static async Task<bool> MayInviteAsync(this TenantsDbContext db, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) =>
        (await db.PermissionsOfAsync(roles, cancellationToken)).Contains(Permissions.Admin);

    /// <summary>Takes back what somebody has sent who may not invite any more.</summary>
    public static async Task DropInvitationsAsync(this TenantsDbContext db, Guid inviter, CancellationToken cancellationToken) =>
        db.Invitations.RemoveRange(await db.Invitations.Where(invitation => invitation.InviterId == inviter).ToListAsync(cancellationToken));

    // What a mail program makes a link of.
    [GeneratedRegex(@"[:/\\@<>]|\b[wW]{3}\.|\w\.(\p{Ll}{2,}|\p{Lu}{2,})(?![\w.])", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
