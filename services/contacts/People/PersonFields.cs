using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Segments;
using Platform.Filtering;

namespace Platform.Contacts.People;

/// <summary>What people may be filtered and sorted by.</summary>
internal static class PersonFields
{
    public static FilterSchema<Person> Schema { get; } = FilterSchema.Of<Person>(fields => fields
        .Id("id", person => person.Id)
        .Text("first_name", person => person.FirstName, sortable: true)
        .Text("last_name", person => person.LastName, sortable: true)
        .Text("email", person => person.Email, sortable: true, lower: person => EF.Property<string?>(person, "LowerEmail"))
        .Text("phone", person => person.Phone)
        .Text("phone_e164", person => person.PhoneE164, lower: person => person.PhoneE164)
        .TextList("other_emails", person => OtherTexts.Of(person.OtherEmails), person => EF.Property<List<string>>(person, PointScripts.EmailTexts), inSmallLetters: true)
        .TextList("other_phones", person => OtherTexts.Of(person.OtherPhones), person => EF.Property<List<string>>(person, PointScripts.PhoneTexts))
        .Text("job_title", person => person.JobTitle, sortable: true)
        .Id("company_id", person => person.CompanyId)
        .Related<Company>("company", "company_id", person => person.CompanyId)
        .Text("language", person => person.Language)
        .Text("time_zone", person => person.TimeZone)
        .TextList("consents", person => person.ConsentedTo)
        .Custom("custom_fields", person => person.CustomFields, "contacts.person")
        .Among(SegmentFilters.Field, SegmentFilters.MembersOf)
        .Id("owner_id", person => person.OwnerId)
        .Instant("create_time", person => person.CreateTime, sortable: true)
        .Instant("update_time", person => person.UpdateTime, sortable: true));
}
