using FluentValidation;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants.Members;

internal static class CreateMember
{
    public sealed class Validator : AbstractValidator<V1.CreateMemberRequest>
    {
        public Validator() => RuleFor(request => request.Member).NotNull().WithMessage("Send the member.").SetValidator(new MemberValidator());
    }

    public static Task<Result<V1.Member>> Handle(
        V1.CreateMemberRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, () => CreateAsync(request.Member, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Member>> CreateAsync(V1.Member message, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.CheckRolesAsync(message.Roles, cancellationToken) is { } unknown)
            return unknown;
        if (await db.CheckMembersAsync(cancellationToken) is { } full)
            return full;
        var member = Member.Create(message, now);
        if (member.ManagerId == member.Id)
            return MemberErrors.ManagerCycle;
        db.Members.Add(member);
        await db.ForgiveAsync(member.Id, cancellationToken);
        db.Publish(member.Id, member.ToEvent());
        return await db.TrySaveChangesAsync(cancellationToken, MemberErrors.AlreadyMember, MemberErrors.UnknownManager) is { } error ? error : member.ToMessage();
    }
}
