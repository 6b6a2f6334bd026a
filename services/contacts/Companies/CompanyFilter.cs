using Platform.Filtering;

namespace Platform.Contacts.Companies;

/// <summary>What expressions may say of companies.</summary>
internal static class CompanyFilter
{
    public static FilterSchema<Company> Schema { get; } = FilterSchema.Of<Company>(fields => fields
        .Id("id", company => company.Id)
        .Text("name", company => company.Name)
        .Text("email", company => company.Email)
        .Text("phone", company => company.Phone)
        .Text("website", company => company.Website)
        .Text("tax_number", company => company.TaxNumber)
        .Custom("custom_fields", company => company.CustomFields)
        .Id("owner_id", company => company.OwnerId)
        .Instant("create_time", company => company.CreateTime)
        .Instant("update_time", company => company.UpdateTime));
}
