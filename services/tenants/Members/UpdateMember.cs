using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Tenants.Invitations;
using Platform.Validation;

namespace Platform.Tenants.Members;

internal static class UpdateMember
{
    public sealed class Validator : AbstractValidator<V1.UpdateMemberRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Member).NotNull().WithMessage("Send the member.");
            RuleFor(request => request.Member.UserId).Id().When(request => request.Member is not null);
        }
    }

    public static Task<Result<V1.Member>> Handle(
        V1.UpdateMemberRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => ChangeAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Member>> ChangeAsync(V1.UpdateMemberRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Member.UserId);
        if (await db.Members.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } member)
            return MemberErrors.NotFound(request.Member.UserId);
        if (!member.Matches(request.Member.Etag))
            return Error.Stale("member");
        var wasAdministrator = member.IsAdministrator;
        if (await ApplyAsync(request, member, db, time.GetUtcNow(), cancellationToken) is { } refusal)
            return refusal;
        if (wasAdministrator && !member.IsAdministrator && !await db.HasOtherAdministratorAsync(member, cancellationToken))
            return MemberErrors.LastAdministrator;
        if (!await db.MayInviteAsync(member.Roles, cancellationToken))
            await db.DropInvitationsAsync(id, cancellationToken);
        db.Publish(member.Id, member.ToEvent());
        return await db.TrySaveChangesAsync(cancellationToken, MemberErrors.UnknownManager) is { } error ? error : member.ToMessage();
    }

    private static async Task<Error?> ApplyAsync(V1.UpdateMemberRequest request, Member member, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var merged = Masks.Merge(member.ToMessage(), request.Member, request.UpdateMask).Validate(new MemberValidator(), "member");
        if (merged.IsError)
            return merged.Error;
        if (await db.CheckRolesAsync(merged.Value.Roles, cancellationToken) is { } unknown)
            return unknown;
        if (await db.IsAboveAsync(member.Id, merged.Value.ManagerId.ToIdOrNull(), cancellationToken))
            return MemberErrors.ManagerCycle;
        member.Update(merged.Value, now);
        return null;
    }
}
