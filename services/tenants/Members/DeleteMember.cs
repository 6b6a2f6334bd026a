using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Members;

internal static class DeleteMember
{
    public static async Task<Result<Empty>> Handle(V1.DeleteMemberRequest request, TenantsDbContext db, AccessDirectory directory, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.UserId, out var id))
            return MemberErrors.NotFound(request.UserId);
        var result = await db.InTransactionAsync(() => RemoveAsync(id, db, cancellationToken), cancellationToken);
        if (!result.IsError)
            await directory.ForgetAsync(db.Caller.RequiredTenantId, id.ToString(), cancellationToken);
        return result;
    }

    private static async Task<Result<Empty>> RemoveAsync(Guid id, TenantsDbContext db, CancellationToken cancellationToken)
    {
        await db.LockMembersAsync(cancellationToken);
        if (await db.Members.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } member)
            return MemberErrors.NotFound(id.ToString());
        if (member.IsAdministrator && !await db.HasOtherAdministratorAsync(member, cancellationToken))
            return MemberErrors.LastAdministrator;
        db.Members.Remove(member);
        db.Publish(member.Id, member.ToEvent(removed: true));
        await db.SaveChangesAsync(cancellationToken);
        return new Empty();
    }
}
