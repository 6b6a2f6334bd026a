using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Tenants.Invitations;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants.Members;

internal static class DeleteMember
{
    public static async Task<Result<Empty>> Handle(
        V1.DeleteMemberRequest request, TenantsDbContext db, AccessDirectory directory, TimeProvider time, CancellationToken cancellationToken) =>
        Guid.TryParse(request.UserId, out var id)
            ? await db.ChangeAccessAsync(directory, () => RemoveAsync(id, db, time.GetUtcNow(), cancellationToken), cancellationToken)
            : MemberErrors.NotFound(request.UserId);

    private static async Task<Result<Empty>> RemoveAsync(Guid id, TenantsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Members.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } member)
            return MemberErrors.NotFound(id.ToString());
        if (member.IsAdministrator && !await db.HasOtherAdministratorAsync(member, cancellationToken))
            return MemberErrors.LastAdministrator;
        foreach (var subordinate in await db.Members.Where(row => row.ManagerId == id).ToListAsync(cancellationToken))
            subordinate.ReportTo(member.ManagerId, now);
        await db.DropInvitationsAsync(id, cancellationToken);
        db.Members.Remove(member);
        await db.ForgiveAsync(id, cancellationToken);
        db.FormerMembers.Add(new FormerMember { UserId = id });
        db.Publish(member.Id, member.ToEvent(removed: true));
        await db.SaveChangesAsync(cancellationToken);
        return new Empty();
    }
}
