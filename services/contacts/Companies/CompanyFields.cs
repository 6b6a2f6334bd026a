using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Segments;
using Platform.Filtering;

namespace Platform.Contacts.Companies;

/// <summary>What companies may be filtered and sorted by.</summary>
internal static class CompanyFields
{
    public static FilterSchema<Company> Schema { get; } = FilterSchema.Of<Company>(fields => fields
        .Id("id", company => company.Id)
        .Text("name", company => company.Name, sortable: true, lower: company => EF.Property<string?>(company, "LowerName"))
        .Text("email", company => company.Email, sortable: true)
        .Text("phone", company => company.Phone)
        .Text("phone_e164", company => company.PhoneE164, lower: company => company.PhoneE164)
        .TextList("other_emails", company => OtherTexts.Of(company.OtherEmails), company => EF.Property<List<string>>(company, PointScripts.EmailTexts), inSmallLetters: true)
        .TextList("other_phones", company => OtherTexts.Of(company.OtherPhones), company => EF.Property<List<string>>(company, PointScripts.PhoneTexts))
        .Text("website", company => company.Website)
        .Text("tax_number", company => company.TaxNumber)
        .Custom("custom_fields", company => company.CustomFields, "contacts.company")
        .Among(SegmentFilters.Field, SegmentFilters.MembersOf)
        .Id("owner_id", company => company.OwnerId)
        .Instant("create_time", company => company.CreateTime, sortable: true)
        .Instant("update_time", company => company.UpdateTime, sortable: true));
}
