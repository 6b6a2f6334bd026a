using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Tenants.Invitations;

internal static class DeleteInvitation
{
    public sealed class Validator : AbstractValidator<V1.DeleteInvitationRequest>
    {
        public Validator() => RuleFor(request => request.Id).Id();
    }

    public static async Task<Result<Empty>> Handle(V1.DeleteInvitationRequest request, TenantsDbContext db, IdentityInvites identity, CancellationToken cancellationToken)
    {
        if (await db.FindInvitationAsync(request.Id, cancellationToken) is not { } invitation)
            return InvitationErrors.NotFound(request.Id);
        if (!invitation.Matches(request.Etag))
            return Error.Stale("invitation");
        db.Invitations.Remove(invitation);
        return await db.InTransactionAsync(async () =>
            await db.TrySaveChangesAsync(cancellationToken) is { } stale ? stale
            : await identity.WithdrawAsync(invitation, cancellationToken) is { } failure ? failure
            : (Result<Empty>)new Empty(), cancellationToken);
    }
}
