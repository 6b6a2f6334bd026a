using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Companies;
using Platform.Contacts.People;
using Platform.Contacts.Segments;
using Platform.Filtering;

namespace Platform.Contacts.Leads;

/// <summary>What leads may be filtered and sorted by.</summary>
internal static class LeadFields
{
    public static FilterSchema<Lead> Schema { get; } = FilterSchema.Of<Lead>(fields => fields
        .Id("id", lead => lead.Id)
        .Text("first_name", lead => lead.FirstName, sortable: true)
        .Text("last_name", lead => lead.LastName, sortable: true)
        .Text("email", lead => lead.Email, sortable: true, lower: lead => EF.Property<string?>(lead, "LowerEmail"))
        .Text("phone", lead => lead.Phone)
        .Text("phone_e164", lead => lead.PhoneE164, lower: lead => lead.PhoneE164)
        .Text("company_name", lead => lead.CompanyName, sortable: true)
        .Text("job_title", lead => lead.JobTitle)
        .Text("source", lead => lead.Source, sortable: true)
        .Choice("status", lead => lead.Status)
        .Number("score", lead => lead.Score, sortable: true)
        .Id("converted_person_id", lead => lead.ConvertedPersonId)
        .Id("converted_company_id", lead => lead.ConvertedCompanyId)
        .Id("converted_deal_id", lead => lead.ConvertedDealId)
        .Related<Person>("converted_person", "converted_person_id", lead => lead.ConvertedPersonId)
        .Related<Company>("converted_company", "converted_company_id", lead => lead.ConvertedCompanyId)
        .Instant("convert_time", lead => lead.ConvertTime, sortable: true)
        .TextList("consents", lead => lead.ConsentedTo)
        .Custom("custom_fields", lead => lead.CustomFields, "contacts.lead")
        .Among(SegmentFilters.Field, SegmentFilters.MembersOf)
        .Id("owner_id", lead => lead.OwnerId)
        .Instant("create_time", lead => lead.CreateTime, sortable: true)
        .Instant("update_time", lead => lead.UpdateTime, sortable: true));
}
