using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Tenants.Invitations;

internal static class ResendInvitation
{
    public sealed class Validator : AbstractValidator<V1.ResendInvitationRequest>
    {
        public Validator() => RuleFor(request => request.Id).Id();
    }

    public static async Task<Result<V1.Invitation>> Handle(
        V1.ResendInvitationRequest request, TenantsDbContext db, IdentityInvites identity, InvitationOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.FindInvitationAsync(request.Id, cancellationToken) is not { } invitation)
            return InvitationErrors.NotFound(request.Id);
        var now = time.GetUtcNow();
        if (invitation.SendTime + options.ResendAfter is var next && now < next)
            return InvitationErrors.SentJustNow(next);
        if (await db.CheckMailsAsync(options, now, cancellationToken) is { } many)
            return many;
        return await db.InTransactionAsync(async () =>
        {
            invitation.Send(now);
            return await db.TrySaveChangesAsync(cancellationToken) is { } stale ? stale
                : await identity.SendAsync(invitation, cancellationToken) is { } failure ? failure
                : (Result<V1.Invitation>)invitation.ToMessage();
        }, cancellationToken);
    }
}
