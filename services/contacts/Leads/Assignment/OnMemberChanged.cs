using Microsoft.EntityFrameworkCore;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>Who leaves the company gets no more leads; who comes back does.</summary>
internal static class OnMemberChanged
{
    public static async Task Handle(MemberChanged message, EventContext context, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var user = Guid.Parse(message.UserId);
        var known = await db.DepartedMembers.SingleOrDefaultAsync(member => member.UserId == user, cancellationToken);
        if (message.Removed && known is null)
            db.DepartedMembers.Add(new DepartedMember { UserId = user });
        else if (!message.Removed && known is not null)
            db.DepartedMembers.Remove(known);
        await db.SaveChangesAsync(cancellationToken);
    }
}
