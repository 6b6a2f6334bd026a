using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Filtering;

namespace Platform.Contacts.Activities;

/// <summary>What activities may be filtered and sorted by.</summary>
internal static class ActivityFields
{
    public static FilterSchema<Activity> Schema { get; } = FilterSchema.Of<Activity>(fields => fields
        .Id("id", activity => activity.Id)
        .Id("lead_id", activity => activity.LeadId)
        .Id("person_id", activity => activity.PersonId)
        .Id("company_id", activity => activity.CompanyId)
        .Id("deal_id", activity => activity.DealId)
        .Related<Lead>("lead", "lead_id", activity => activity.LeadId)
        .Related<Person>("person", "person_id", activity => activity.PersonId)
        .Related<Company>("company", "company_id", activity => activity.CompanyId)
        .Choice("kind", activity => activity.Kind)
        .Text("subject", activity => activity.Subject, sortable: true)
        .Text("body", activity => activity.Body)
        .Text("source_type", activity => activity.SourceType)
        .Text("source_id", activity => activity.SourceId)
        .Instant("occur_time", activity => activity.OccurTime, sortable: true)
        .Choice("status", activity => activity.Status)
        .Choice("priority", activity => activity.Priority)
        .Instant("due_time", activity => activity.DueTime, sortable: true)
        .Number("duration_minutes", activity => (int?)activity.DurationMinutes)
        .Id("assignee_id", activity => activity.AssigneeId)
        .Instant("remind_time", activity => activity.RemindTime)
        .Instant("complete_time", activity => activity.CompleteTime, sortable: true)
        .Custom("custom_fields", activity => activity.CustomFields, "contacts.activity")
        .Id("owner_id", activity => activity.OwnerId)
        .Instant("create_time", activity => activity.CreateTime, sortable: true)
        .Instant("update_time", activity => activity.UpdateTime, sortable: true));
}
