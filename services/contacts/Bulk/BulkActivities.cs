using Platform.Bulk;
using Platform.Contacts.Activities;

namespace Platform.Contacts.Bulk;

/// <summary>Files of many activities, which are written one by one.</summary>
internal static class BulkActivities
{
    public static BulkKind<ContactsDbContext, Activity, V1.Activity> Kind { get; } = BulkFiles.Of<ContactsDbContext, Activity, V1.Activity>(
        Activity.Resource, V1.Activity.Parser, "activity", row => row.ToMessage(), (db, rows) => rows.VisibleTo(db));

    public static BulkOrder OrderOf(V1.BulkActivitiesRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone) { Export = request.Export };
}
