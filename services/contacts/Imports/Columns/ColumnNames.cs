namespace Platform.Contacts.Imports.Columns;

/// <summary>How people name the columns, in English, Russian and German; case, spaces and punctuation do not matter.</summary>
internal static class ColumnNames
{
    private static readonly Dictionary<string, ImportField> Known = Build(new()
    {
        [ImportField.Name] = "name, full name, contact, contact name, person, фио, имя и фамилия, полное имя, контакт, контактное лицо, vollständiger name, kontakt, ansprechpartner",
        [ImportField.FirstName] = "first name, given name, forename, имя, vorname, rufname",
        [ImportField.LastName] = "last name, surname, family name, фамилия, nachname, familienname, zuname",
        [ImportField.Email] = "e-mail, email address, mail, mail address, почта, электронная почта, эл. почта, адрес электронной почты, емейл, имейл, e-mail-adresse, mailadresse",
        [ImportField.Phone] = "phone, phone number, telephone, tel, mobile, mobile phone, cell phone, телефон, номер телефона, мобильный, мобильный телефон, telefon, telefonnummer, handy, mobil, mobiltelefon, rufnummer",
        [ImportField.JobTitle] = "job title, job, position, role, должность, beruf, funktion, stelle, stellenbezeichnung",
        [ImportField.Language] = "language, preferred language, язык, sprache",
        [ImportField.Company] = "company, company name, organization, organisation, account, account name, employer, компания, название компании, организация, фирма, firma, firmenname, unternehmen",
        [ImportField.CompanyEmail] = "company e-mail, company email address, почта компании, e-mail компании, firmen-e-mail, e-mail der firma",
        [ImportField.CompanyPhone] = "company phone, office phone, телефон компании, firmentelefon, telefon der firma",
        [ImportField.Website] = "website, web, url, homepage, сайт, веб-сайт, webseite, internetseite",
        [ImportField.TaxNumber] = "tax number, tax id, vat, vat number, vat id, инн, налоговый номер, ust-id, ust-idnr, umsatzsteuer-id, steuernummer",
        [ImportField.Street] = "street, street address, address, address line 1, улица, адрес, straße, strasse, anschrift, adresse",
        [ImportField.City] = "city, town, город, stadt, ort",
        [ImportField.Region] = "region, state, province, county, область, регион, край, bundesland, kanton",
        [ImportField.PostalCode] = "postal code, post code, zip, zip code, индекс, почтовый индекс, plz, postleitzahl",
        [ImportField.Country] = "country, country code, страна, код страны, land, ländercode",
        [ImportField.Source] = "source, lead source, источник, quelle, herkunft",
    });

    /// <summary>The field that a header means; null for none.</summary>
    public static ImportField? Find(string header) => Known.TryGetValue(Normalize(header), out var field) ? field : null;

    /// <summary>Letters and digits only, in lower case.</summary>
    public static string Normalize(string header) =>
        string.Concat(header.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)).Replace('ё', 'е');

    private static Dictionary<string, ImportField> Build(Dictionary<ImportField, string> names) => names
        .SelectMany(entry => entry.Value.Split(',').Select(name => (Name: Normalize(name), Field: entry.Key)))
        .ToDictionary(entry => entry.Name, entry => entry.Field, StringComparer.Ordinal);
}
