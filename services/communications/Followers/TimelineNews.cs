using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.Events;

namespace Platform.Communications.Followers;

/// <summary>An entry of a timeline as it is told.</summary>
internal static class TimelineNews
{
    public static Happening Of(Activity activity, IEnumerable<string> mentioned, bool isNews, EventContext context) => new("crm.news", null, [.. RecordsOf(activity)], DataOf(activity))
    {
        Actor = RecordKey.IdOf(context.CausedBy),
        Mentioned = RecordKey.IdsOf(mentioned),
        IsNews = isNews,
        Activity = Guid.Parse(activity.Id),
        Shown = new Dictionary<string, string[]> { ["subject"] = [$"{FollowedKinds.Activity}.subject"], ["what"] = [$"{FollowedKinds.Activity}.kind"] },
    };

    // What is most particular first: it is where a reader is led.
    private static IEnumerable<RecordKey> RecordsOf(Activity activity)
    {
        (string Resource, string Id)[] all = [(FollowedKinds.Deal, activity.DealId), (FollowedKinds.Lead, activity.LeadId), (FollowedKinds.Person, activity.PersonId), (FollowedKinds.Company, activity.CompanyId)];
        return all.Where(record => record.Id.Length > 0).Select(record => new RecordKey(record.Resource, Guid.Parse(record.Id)));
    }

    private static Struct DataOf(Activity activity) => new()
    {
        Fields =
        {
            ["event"] = Value.ForString("activity"),
            ["entry"] = Value.ForString(activity.Id),
            ["what"] = Value.ForString(activity.Kind.ToString().ToLowerInvariant()),
            ["subject"] = Value.ForString(activity.Subject),
        },
    };
}
