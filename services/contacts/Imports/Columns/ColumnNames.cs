using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Columns;

/// <summary>How people name the columns, in English, Russian and German; case, spaces and punctuation do not matter.</summary>
internal static class ColumnNames
{
    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly Dictionary<string, ImportField> Known = Build(new()
    {
        [ImportField.Name] = "name, full name, contact, contact name, contact person, customer, customer name, client, client name, lead name, person, person name, display name, фио, имя и фамилия, клиент, контактное имя, полное имя, контакт, контактное лицо, vollständiger name, kontakt, kontaktname, ansprechpartner, kunde, kundenname",
        [ImportField.FirstName] = "first name, given name, forename, contact first name, имя, vorname, rufname",
        [ImportField.LastName] = "last name, surname, family name, contact last name, фамилия, nachname, familienname, zuname",
        [ImportField.Email] = "e-mail, email address, emails, email addresses, mail, mail address, work email, work email address, business email, primary email, personal email, customer email, client email, contact email, e-mail 1 value, почта, электронная почта, эл. почта, адрес электронной почты, емейл, имейл, e-mail-adresse, mailadresse, e-mail-anschrift, рабочая почта, рабочий e-mail",
        [ImportField.Phone] = "phone, phone number, phones, phone numbers, telephone, telephone number, tel, mobile, mobile phone, mobile number, cell, cell phone, work phone, business phone, home phone, primary phone, contact phone, phone 1 value, телефон, номер телефона, мобильный, мобильный телефон, рабочий телефон, telefon, telefonnummer, handy, mobil, mobiltelefon, rufnummer",
        [ImportField.OtherEmails] = "other emails, other email, other email addresses, additional emails, additional email, additional email addresses, secondary email, alternative email, weitere e-mails, weitere e-mail, weitere e-mail-adressen, zusätzliche e-mails, другие адреса эл. почты, другая почта, другие e-mail, дополнительная почта, дополнительный e-mail",
        [ImportField.OtherPhones] = "other phones, other phone, other phone numbers, additional phones, additional phone, additional phone numbers, secondary phone, alternative phone, weitere telefonnummern, weitere telefonnummer, weiteres telefon, zusätzliche telefonnummern, другие телефоны, другой телефон, дополнительный телефон, дополнительные телефоны",
        [ImportField.OtherAddresses] = "other addresses, other address, additional addresses, additional address, weitere adressen, weitere adresse, weitere anschriften, другие адреса, другой адрес, дополнительный адрес, дополнительные адреса",
        [ImportField.JobTitle] = "job title, job, position, role, title, organization title, должность, beruf, funktion, stelle, stellenbezeichnung",
        [ImportField.Language] = "language, preferred language, язык, sprache",
        [ImportField.Company] = "company, company name, organization, organisation, organization name, organisation name, organization 1 name, account, account name, business name, employer, компания, название компании, организация, название организации, наименование организации, фирма, firma, firmenname, unternehmen, unternehmensname",
        [ImportField.CompanyEmail] = "company e-mail, company email address, почта компании, e-mail компании, firmen-e-mail, e-mail der firma",
        [ImportField.CompanyPhone] = "company phone, office phone, телефон компании, firmentelefon, telefon der firma",
        [ImportField.Website] = "website, website url, web, url, homepage, company website, сайт, веб-сайт, webseite, internetseite",
        [ImportField.TaxNumber] = "tax number, tax id, vat, vat number, vat id, инн, налоговый номер, ust-id, ust-idnr, umsatzsteuer-id, steuernummer",
        [ImportField.Street] = "street, street address, address, address line, address lines, mailing street, billing street, business street, mailing address, billing address, address 1 street, улица, адрес, straße, strasse, anschrift, adresse",
        [ImportField.City] = "city, town, address city, mailing city, billing city, business city, address 1 city, город, stadt, ort",
        [ImportField.Region] = "state, region, address region, province, county, state region, state province, mailing state, billing state, business state, address 1 region, область, регион, край, bundesland, kanton",
        [ImportField.PostalCode] = "postal code, address postal code, post code, zip, zip code, zip postal code, mailing zip, mailing postal code, billing zip, billing postal code, business postal code, address 1 postal code, индекс, почтовый индекс, plz, postleitzahl",
        [ImportField.Country] = "country, address country, country code, country name, country region, mailing country, billing country, business country, business country region, address 1 country, страна, код страны, land, ländercode",
        [ImportField.Source] = "source, lead source, источник, quelle, herkunft",
    });

    /// <summary>The field that a header means, "Phone 2" as "Phone"; null for none.</summary>
    public static ImportField? Find(string header)
    {
        var name = HeaderText.Normalize(header);
        return Known.TryGetValue(name, out var field) || Known.TryGetValue(name.TrimEnd(Digits), out field) ? field : null;
    }

    private static Dictionary<string, ImportField> Build(Dictionary<ImportField, string> names) => names
        .SelectMany(entry => entry.Value.Split(',').Select(name => (Name: HeaderText.Normalize(name), Field: entry.Key)))
        .ToDictionary(entry => entry.Name, entry => entry.Field, StringComparer.Ordinal);
}
