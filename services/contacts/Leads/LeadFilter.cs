using Platform.Filtering;

namespace Platform.Contacts.Leads;

/// <summary>What expressions may say of leads.</summary>
internal static class LeadFilter
{
    public static FilterSchema<Lead> Schema { get; } = FilterSchema.Of<Lead>(fields => fields
        .Id("id", lead => lead.Id)
        .Text("first_name", lead => lead.FirstName)
        .Text("last_name", lead => lead.LastName)
        .Text("email", lead => lead.Email)
        .Text("phone", lead => lead.Phone)
        .Text("company_name", lead => lead.CompanyName)
        .Text("job_title", lead => lead.JobTitle)
        .Text("source", lead => lead.Source)
        .Choice<V1.LeadStatus>("status", lead => lead.Status)
        .Custom("custom_fields", lead => lead.CustomFields)
        .Id("owner_id", lead => lead.OwnerId)
        .Instant("create_time", lead => lead.CreateTime)
        .Instant("update_time", lead => lead.UpdateTime));
}
