namespace Platform.Contacts.Imports.Columns;

/// <summary>What a column can hold.</summary>
internal enum ImportField
{
    Name,
    FirstName,
    LastName,
    Email,
    Phone,
    OtherEmails,
    OtherPhones,
    EmailLabel,
    PhoneLabel,
    JobTitle,
    Language,
    Company,
    CompanyEmail,
    CompanyPhone,
    Website,
    TaxNumber,
    Street,
    City,
    Region,
    PostalCode,
    Country,
    AddressLabel,
    OtherAddresses,
    Source,
}
