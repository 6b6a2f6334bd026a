using Platform.Filtering;

namespace Platform.Contacts.People;

/// <summary>What expressions may say of people.</summary>
internal static class PersonFilter
{
    public static FilterSchema<Person> Schema { get; } = FilterSchema.Of<Person>(fields => fields
        .Id("id", person => person.Id)
        .Text("first_name", person => person.FirstName)
        .Text("last_name", person => person.LastName)
        .Text("email", person => person.Email)
        .Text("phone", person => person.Phone)
        .Text("job_title", person => person.JobTitle)
        .Text("language", person => person.Language)
        .Id("company_id", person => person.CompanyId)
        .Custom("custom_fields", person => person.CustomFields)
        .Id("owner_id", person => person.OwnerId)
        .Instant("create_time", person => person.CreateTime)
        .Instant("update_time", person => person.UpdateTime));
}
