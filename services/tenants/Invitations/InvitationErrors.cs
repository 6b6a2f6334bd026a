using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Invitations;

internal static class InvitationErrors
{
    public static readonly UniqueViolation AlreadyInvited =
        new(Invitation.UniqueEmail, Error.AlreadyExists("ALREADY_INVITED", "This address is invited already: send that invitation again."));

    public static readonly Error AlreadyMember = Error.AlreadyExists("ALREADY_MEMBER", "This person is a member already: change the roles instead.");

    public static Error TooMany(int most) =>
        new(Google.Rpc.Code.ResourceExhausted, "INVITATION_LIMIT", Say($"Your company may send {most} invitations in a day and has sent them: go on tomorrow."));

    public static Error SentJustNow(DateTimeOffset next)
    {
        var time = next.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Error(Google.Rpc.Code.ResourceExhausted, "INVITATION_JUST_SENT", Say($"This invitation was sent a moment ago: it can be sent again at {time}."));
    }

    public static Error NotFound(string id) => Error.NotFound("invitation", id);

    public static Task<Invitation?> FindInvitationAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) ? db.Invitations.SingleOrDefaultAsync(invitation => invitation.Id == guid, cancellationToken) : Task.FromResult<Invitation?>(null);
}
