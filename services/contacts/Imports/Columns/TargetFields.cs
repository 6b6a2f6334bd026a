using Platform.CustomFields;
using Platform.Errors;
using Platform.Importing;
using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Columns;

/// <summary>Which columns mean something for a target, and which it cannot do without.</summary>
internal sealed record TargetFields(string Needed, ImportField[] AnyOf, ImportField[] Allowed)
{
    private const string NameColumns = "a column 'First name', 'Last name', 'Name' or 'E-mail'";

    private static readonly ImportField[] Address = [ImportField.Street, ImportField.City, ImportField.Region, ImportField.PostalCode, ImportField.Country];

    private static readonly ImportField[] Several =
        [ImportField.OtherEmails, ImportField.OtherPhones, ImportField.OtherAddresses, ImportField.EmailLabel, ImportField.PhoneLabel, ImportField.AddressLabel];

    private static readonly ImportField[] Person =
        [ImportField.Name, ImportField.FirstName, ImportField.LastName, ImportField.Email, ImportField.Phone, ImportField.JobTitle, ImportField.Company];

    private static readonly TargetFields People = new(
        $"{NameColumns}, or 'Company'",
        [ImportField.Name, ImportField.FirstName, ImportField.LastName, ImportField.Email, ImportField.Company],
        [.. Person, .. Address, .. Several, ImportField.Language, ImportField.CompanyEmail, ImportField.CompanyPhone, ImportField.Website, ImportField.TaxNumber]);

    private static readonly TargetFields Companies = new(
        "a column 'Company' or 'Name'",
        [ImportField.Company],
        [.. Address, .. Several, ImportField.Company, ImportField.Email, ImportField.Phone, ImportField.Website, ImportField.TaxNumber]);

    private static readonly TargetFields Leads = new(NameColumns, [ImportField.Name, ImportField.FirstName, ImportField.LastName, ImportField.Email], [.. Person, .. Address, ImportField.Source]);

    public static TargetFields Of(V1.ImportTarget target) => target switch
    {
        V1.ImportTarget.Companies => Companies,
        V1.ImportTarget.Leads => Leads,
        _ => People,
    };

    /// <summary>Reads the header; fails where it lacks what the target needs.</summary>
    public Result<ColumnMap<ImportField>> Map(string[] headers, V1.ImportOptions options, TenantFields defined)
    {
        var custom = new CustomColumns(defined, ResourcesOf(options.Target));
        // A field of the company's own may be called "Delivery address".
        var map = ColumnMaps.Create(headers, options.Columns, custom, header => ColumnNames.Find(header) ?? (custom.Means(header) ? null : PointHeaders.Find(header)?.Field), Accept);
        return map.IsError || map.Value.Fields.Any(AnyOf.Contains) ? map : ImportErrors.MissingColumns(Needed, headers);
    }

    /// <summary>What a column means here: in a list of companies, 'Name' and 'E-mail' are the company's.</summary>
    private ImportField? Accept(ImportField? field)
    {
        var meant = this != Companies ? field : field switch
        {
            ImportField.Name => ImportField.Company,
            ImportField.CompanyEmail => ImportField.Email,
            ImportField.CompanyPhone => ImportField.Phone,
            _ => field,
        };
        return meant is { } known && Allowed.Contains(known) ? known : null;
    }

    private static string[] ResourcesOf(V1.ImportTarget target) => target switch
    {
        V1.ImportTarget.Leads => ["contacts.lead"],
        V1.ImportTarget.Companies => ["contacts.company"],
        _ => ["contacts.person", "contacts.company"],
    };
}
