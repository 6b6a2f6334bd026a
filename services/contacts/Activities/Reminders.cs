using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Chores;

namespace Platform.Contacts.Activities;

/// <summary>
/// That somebody is told of an activity at a time, as work that is due then. Whoever changes the reminder takes the row of that
/// work away first, and so waits for who does it: a reminder is told of once, or not at all any more.
/// </summary>
internal static class Reminders
{
    /// <summary>Of a new activity.</summary>
    public static void Plan(ContactsDbContext db, Activity activity)
    {
        if (activity is { IsOpen: true, RemindTime: { } due })
            db.Chores.Add(Chore.Of(ChoreKind.Remind, activity.Id, due));
    }

    /// <summary>Of one whose reminder, or whose status, changes; in the transaction of that change.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="activity">The activity as it is to be.</param>
    /// <param name="mayBeOver">Whether a time that is over is told of too: not again where the activity is but opened again.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task PlanAnewAsync(ContactsDbContext db, Activity activity, bool mayBeOver, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Chores.Where(chore => chore.Kind == ChoreKind.Remind && chore.SubjectId == activity.Id).ExecuteDeleteAsync(cancellationToken);
        if (mayBeOver || activity.RemindTime > now)
            Plan(db, activity);
    }

    /// <summary>The time has come.</summary>
    public static async Task<bool> TellAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var kind = nameof(ChoreKind.Remind);
        if (await db.Chores.FromSql($"SELECT * FROM chores WHERE kind = {kind} AND subject_id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken) is not { } chore)
            return false;
        db.Chores.Remove(chore);
        var activity = await db.Activities.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (activity is { IsOpen: true, RemindTime: not null } && (activity.AssigneeId ?? activity.OwnerId) is { } user)
            db.Publish(id, new V1.ActivityReminded { Activity = activity.ToMessage(), UserId = user.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
