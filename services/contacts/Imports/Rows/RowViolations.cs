using System.Text.RegularExpressions;
using Platform.Contacts.Imports.Columns;
using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>The column and the code of a value that a validator refused.</summary>
internal static partial class RowViolations
{
    private const string OtherEmail = "OtherEmails.Address";
    private const string OtherPhone = "OtherPhones.Number";
    private const string OtherLines = "OtherAddresses.Address.Lines";

    private static readonly Dictionary<string, ImportField[]> OfPerson = new()
    {
        ["FirstName"] = [ImportField.FirstName, ImportField.Name],
        ["LastName"] = [ImportField.LastName, ImportField.Name],
        ["CompanyName"] = [ImportField.Company],
        ["Address.Lines"] = [ImportField.Street],
        [OtherEmail] = [ImportField.OtherEmails, ImportField.Email],
        [OtherPhone] = [ImportField.OtherPhones, ImportField.Phone],
        ["OtherEmails"] = [ImportField.OtherEmails, ImportField.Email],
        ["OtherPhones"] = [ImportField.OtherPhones, ImportField.Phone],
        [OtherLines] = [ImportField.OtherAddresses, ImportField.Street],
    };

    private static readonly Dictionary<string, ImportField[]> OfCompany = new()
    {
        ["Name"] = [ImportField.Company],
        ["Email"] = [ImportField.CompanyEmail, ImportField.Email],
        ["Phone"] = [ImportField.CompanyPhone, ImportField.Phone],
        ["Address.Lines"] = [ImportField.Street],
        [OtherEmail] = [ImportField.OtherEmails, ImportField.CompanyEmail, ImportField.Email],
        [OtherPhone] = [ImportField.OtherPhones, ImportField.CompanyPhone, ImportField.Phone],
        ["OtherEmails"] = [ImportField.OtherEmails, ImportField.CompanyEmail, ImportField.Email],
        ["OtherPhones"] = [ImportField.OtherPhones, ImportField.CompanyPhone, ImportField.Phone],
        [OtherLines] = [ImportField.OtherAddresses, ImportField.Street],
    };

    /// <summary>MISSING_NAME where a name is needed and there is none, otherwise INVALID_ and the field.</summary>
    public static (string Column, string Code) Describe(string property, bool isEmpty, bool ofCompany, ColumnMap<ImportField> columns)
    {
        var path = Index().Replace(property, "");
        var name = path[(path.LastIndexOf('.') + 1)..];
        var fields = (ofCompany ? OfCompany : OfPerson).GetValueOrDefault(path)
            ?? (Enum.TryParse<ImportField>(name, out var field) ? [field] : []);
        var column = fields.Select(columns.HeaderOf).FirstOrDefault(header => header.Length > 0) ?? "";
        var meant = path switch { "Address.Lines" or OtherLines => "Street", OtherEmail => "Email", OtherPhone => "Phone", _ => name };
        var code = Inner().Replace(meant, "_").ToUpperInvariant();
        return isEmpty && name is ("LastName" or "Name") ? (column, "MISSING_NAME") : (column, $"INVALID_{code}");
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Inner();
}
