using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Tenancy;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Roles;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Invitations;

internal static class CreateInvitation
{
    public sealed class Validator : AbstractValidator<V1.CreateInvitationRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Invitation).NotNull().WithMessage("Send the address and the roles of whom you invite.");
            When(request => request.Invitation is not null, () =>
            {
                RuleFor(request => request.Invitation.Email).Must(Rules.IsEmail).WithMessage("Use an e-mail address such as name@company.example.");
                RuleFor(request => request.Invitation.DisplayName).Text(200).Must(InvitationRules.IsName).WithMessage("Use the person's name, without addresses.");
                RuleFor(request => request.Invitation.Roles).Must(roles => roles.Count is > 0 and <= 20).WithMessage("Give the member at least one role.");
            });
        }
    }

    public static async Task<Result<V1.Invitation>> Handle(
        V1.CreateInvitationRequest request, TenantsDbContext db, Caller caller, IdentityInvites identity, InvitationOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((await CheckAsync(request.Invitation, db, cancellationToken) ?? await db.CheckMailsAsync(options, time.GetUtcNow(), cancellationToken)) is { } refused)
            return refused;
        // The identity server last: where it fails there is no row, and where the row fails there is no mail.
        return await db.InTransactionAsync(async () =>
        {
            var invitation = Invitation.Create(request.Invitation, Guid.TryParse(caller.CausedBy, out var inviter) ? inviter : null, time.GetUtcNow());
            db.Invitations.Add(invitation);
            return await db.TrySaveChangesAsync(cancellationToken, InvitationErrors.AlreadyInvited) is { } error ? error
                : await identity.SendAsync(invitation, cancellationToken) is { } failure ? failure
                : (Result<V1.Invitation>)invitation.ToMessage();
        }, cancellationToken);
    }

    private static async Task<Error?> CheckAsync(V1.Invitation message, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindUnknownRoleAsync(message.Roles, cancellationToken) is { } unknown)
        {
            var said = Say($"There is no role '{unknown.Role}'.");
            return new Error(Google.Rpc.Code.InvalidArgument, "UNKNOWN_ROLE", said) { Violations = [new FieldViolation($"invitation.roles[{unknown.Index}]", said)] };
        }

        // Without the wildcards: the whole address, in whichever case a member has it.
        var pattern = Like.Containing(Invitation.EmailOf(message.Email))[1..^1];
        return await db.Members.AnyAsync(member => EF.Functions.ILike(member.Email, pattern), cancellationToken) ? InvitationErrors.AlreadyMember : await db.CheckMembersAsync(cancellationToken);
    }
}
