using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
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

    public static async Task<Result<V1.Member>> Handle(
        V1.UpdateMemberRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = await db.InTransactionAsync(() => ChangeAsync(request, db, time, cancellationToken), cancellationToken);
        if (!result.IsError)
            await directory.ForgetAsync(db.Caller.RequiredTenantId, result.Value.UserId, cancellationToken);
        return result;
    }

    private static async Task<Result<V1.Member>> ChangeAsync(V1.UpdateMemberRequest request, TenantsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.LockMembersAsync(cancellationToken);
        var id = Guid.Parse(request.Member.UserId);
        if (await db.Members.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } member)
            return MemberErrors.NotFound(request.Member.UserId);
        if (!member.Matches(request.Member.Etag))
            return Error.Stale("member");
        var wasAdministrator = member.IsAdministrator;
        if (Apply(request, member, time.GetUtcNow()) is { } refusal)
            return refusal;
        if (wasAdministrator && !member.IsAdministrator && !await db.HasOtherAdministratorAsync(member, cancellationToken))
            return MemberErrors.LastAdministrator;
        db.Publish(member.Id, member.ToEvent());
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : member.ToMessage();
    }

    private static Error? Apply(V1.UpdateMemberRequest request, Member member, DateTimeOffset now)
    {
        var merged = Masks.Merge(member.ToMessage(), request.Member, request.UpdateMask).Validate(new MemberValidator(), "member");
        if (merged.IsError)
            return merged.Error;
        if (MemberRules.CheckRoles(merged.Value.Roles) is { } unknown)
            return unknown;
        member.Update(merged.Value, now);
        return null;
    }
}
