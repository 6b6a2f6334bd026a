using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Tenants.Invitations;

internal static class InvitationErrors
{
    public static readonly UniqueViolation AlreadyInvited =
        new(Invitation.UniqueEmail, Error.AlreadyExists("ALREADY_INVITED", "This address is invited already: send that invitation again."));

    public static readonly Error AlreadyMember = Error.AlreadyExists("ALREADY_MEMBER", "This person is a member already: change the roles instead.");

    public static Error NotFound(string id) => Error.NotFound("invitation", id);

    public static Task<Invitation?> FindInvitationAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) ? db.Invitations.SingleOrDefaultAsync(invitation => invitation.Id == guid, cancellationToken) : Task.FromResult<Invitation?>(null);
}
