using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;

namespace Platform.Tenants.Members;

internal static class CreateMember
{
    public sealed class Validator : AbstractValidator<V1.CreateMemberRequest>
    {
        public Validator() => RuleFor(request => request.Member).NotNull().WithMessage("Send the member.").SetValidator(new MemberValidator());
    }

    public static async Task<Result<V1.Member>> Handle(
        V1.CreateMemberRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken)
    {
        if (MemberRules.CheckRoles(request.Member.Roles) is { } unknown)
            return unknown;
        var member = Member.Create(request.Member, time.GetUtcNow());
        db.Members.Add(member);
        db.Publish(member.Id, member.ToEvent());
        if (await db.TrySaveChangesAsync(cancellationToken, MemberErrors.AlreadyMember) is { } error)
            return error;
        await directory.ForgetAsync(member.TenantId, request.Member.UserId, cancellationToken);
        return member.ToMessage();
    }
}
