using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Imports.Columns;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Importing;
using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>The values of a row as messages, validated by the rules that the API has for them.</summary>
internal sealed class RowMapper(ColumnMap<ImportField> columns, V1.ImportTarget target)
{
    private static readonly PersonValidator People = new();
    private static readonly CompanyValidator Companies = new();
    private static readonly LeadValidator Leads = new();

    private readonly PointColumns _points = new(columns);

    public (RowDraft? Draft, RowFault? Fault) Map(long line, string[] row)
    {
        var draft = target == V1.ImportTarget.Leads ? new RowDraft(line) { Lead = Lead(row) } : Contacts(line, row);
        var error = Violation(draft.Lead, Leads, line, ofCompany: false)
            ?? Violation(draft.Person, People, line, ofCompany: false)
            ?? Violation(draft.Company, Companies, line, ofCompany: true)
            ?? AddCustom(draft.Lead, (lead, values) => lead.CustomFields = values, Platform.Contacts.Leads.Lead.Resource.Info, line, row)
            ?? AddCustom(draft.Person, (person, values) => person.CustomFields = values, Platform.Contacts.People.Person.Resource.Info, line, row)
            ?? AddCustom(draft.Company, (company, values) => company.CustomFields = values, Platform.Contacts.Companies.Company.Resource.Info, line, row);
        return error is null ? (draft, null) : (null, error);
    }

    // Whether the file names people at all; a list of addresses does not.
    private bool HasNames => columns.Fields.Any(known => known is ImportField.Name or ImportField.FirstName or ImportField.LastName);

    private RowDraft Contacts(long line, string[] row)
    {
        var (first, last) = PersonName(row);
        var (isPerson, isCompany) = (target != V1.ImportTarget.Companies && first.Length + last.Length > 0, Get(row, ImportField.Company).Length > 0);
        // Neither: the validator says what a person, or a company, needs.
        if (!isPerson && !isCompany)
            (isPerson, isCompany) = (target != V1.ImportTarget.Companies, target == V1.ImportTarget.Companies);
        return new RowDraft(line) { Person = isPerson ? Person(row, alone: !isCompany) : null, Company = isCompany ? Company(row, alone: !isPerson) : null };
    }

    /// <param name="row">The row.</param>
    /// <param name="alone">The row names no company: all addresses are the person's.</param>
    private V1.Person Person(string[] row, bool alone)
    {
        var (first, last) = PersonName(row);
        var (points, places) = (new RowPoints(_points, row), new RowAddresses(_points, row));
        var addresses = alone ? places.All : places.OfHome;
        var person = new V1.Person
        {
            FirstName = first,
            LastName = last,
            Email = points.Email(ImportField.Email),
            Phone = points.Phone(ImportField.Phone),
            JobTitle = Get(row, ImportField.JobTitle),
            Language = Get(row, ImportField.Language),
            Address = addresses.Count > 0 ? addresses[0].Address : null,
        };
        person.OtherEmails.AddRange(points.OtherEmails(person.Email, ImportField.Email, ImportField.OtherEmails));
        person.OtherPhones.AddRange(points.OtherPhones(person.Phone, person.Address?.Country, ImportField.Phone, ImportField.OtherPhones));
        person.OtherAddresses.AddRange(OtherPoints.Addresses(addresses.Skip(1).Concat(places.Others), person.Address));
        return person;
    }

    /// <param name="row">The row.</param>
    /// <param name="alone">The row names nobody: its e-mail and phone, and all its addresses, are the company's.</param>
    private V1.Company Company(string[] row, bool alone)
    {
        var (points, places) = (new RowPoints(_points, row), new RowAddresses(_points, row));
        var addresses = alone ? places.All : places.OfCompany;
        ImportField[] emails = alone ? [ImportField.CompanyEmail, ImportField.Email] : [ImportField.CompanyEmail];
        ImportField[] phones = alone ? [ImportField.CompanyPhone, ImportField.Phone] : [ImportField.CompanyPhone];
        var company = new V1.Company
        {
            Name = Get(row, ImportField.Company),
            Email = points.Email(emails),
            Phone = points.Phone(phones),
            Website = Get(row, ImportField.Website),
            TaxNumber = Get(row, ImportField.TaxNumber),
            Address = addresses.Count > 0 ? addresses[0].Address : null,
        };
        company.OtherEmails.AddRange(points.OtherEmails(company.Email, alone ? [.. emails, ImportField.OtherEmails] : emails));
        company.OtherPhones.AddRange(points.OtherPhones(company.Phone, company.Address?.Country, alone ? [.. phones, ImportField.OtherPhones] : phones));
        company.OtherAddresses.AddRange(OtherPoints.Addresses(addresses.Skip(1).Concat(alone ? places.Others : []), company.Address));
        return company;
    }

    private V1.Lead Lead(string[] row)
    {
        var (first, last) = PersonName(row);
        var addresses = new RowAddresses(_points, row).All;
        return new V1.Lead
        {
            FirstName = first,
            LastName = last,
            Email = Get(row, ImportField.Email),
            Phone = Get(row, ImportField.Phone),
            JobTitle = Get(row, ImportField.JobTitle),
            CompanyName = Get(row, ImportField.Company),
            Source = Get(row, ImportField.Source),
            Address = addresses.Count > 0 ? addresses[0].Address : null,
        };
    }

    private (string First, string Last) PersonName(string[] row)
    {
        var (first, last, name) = (Get(row, ImportField.FirstName), Get(row, ImportField.LastName), Get(row, ImportField.Name));
        if (first.Length > 0 && last.Length == 0 && name.Length > 0)
            return (first, Names.LastOf(name, first));
        if (first.Length + last.Length > 0)
            return (first, last);
        if (HasNames)
            return Names.Split(name);
        // The e-mail beside a company without a name is the company's.
        var isCompany = target != V1.ImportTarget.Leads && Get(row, ImportField.Company).Length > 0;
        return ("", isCompany ? "" : Names.OfEmail(new RowPoints(_points, row).Email(ImportField.Email)));
    }

    private string Get(string[] row, ImportField field) => columns.Get(row, field);

    private RowFault? AddCustom<T>(T? message, Action<T, Struct> set, ResourceInfo resource, long line, string[] row)
        where T : class
    {
        if (message is null)
            return null;
        var (values, fault) = columns.Custom.Read(line, row, resource.Name);
        if (fault is not null)
            return fault;
        set(message, values!);
        return null;
    }

    private RowFault? Violation<T>(T? message, AbstractValidator<T> validator, long line, bool ofCompany)
        where T : class
    {
        if (message is null || validator.Validate(message) is not { IsValid: false } outcome)
            return null;
        var failure = outcome.Errors[0];
        var (column, code) = RowViolations.Describe(failure.PropertyName, string.IsNullOrEmpty(failure.AttemptedValue as string), ofCompany, columns);
        return new RowFault(line, column, code, failure.ErrorMessage);
    }
}
