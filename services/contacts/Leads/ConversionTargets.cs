using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Companies;
using Platform.Contacts.Consents;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.People;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Leads;

/// <summary>What a lead becomes: a person, and a company where it names one or the person has one.</summary>
internal sealed class ConversionTargets(ContactsDbContext db, Lead lead, DateTimeOffset now, ConversionPlan? planned = null)
{
    private Person? _person;
    private Company? _company;
    private bool _emailIsFree;

    public Guid PersonId => _person!.Id;

    public Guid? CompanyId => _company?.Id ?? _person!.CompanyId;

    public bool PersonCreated { get; private set; }

    public bool CompanyCreated { get; private set; }

    /// <summary>Finds each by the given id, else the person by e-mail and the company by name; the error when a given id is unknown.</summary>
    public async Task<Error?> FindAsync(Guid? personId, Guid? companyId, CancellationToken cancellationToken)
    {
        var sameEmail = lead.Email.Length == 0 ? null : await db.People.WithEmail(lead.Email).SingleOrDefaultAsync(cancellationToken);
        _emailIsFree = sameEmail is null;
        _person = personId is null ? sameEmail : await db.People.SingleOrDefaultAsync(row => row.Id == personId, cancellationToken);
        if (personId is not null && _person is null)
            return PersonErrors.NotFound(personId.ToString()!);
        if (companyId is not null)
            _company = await db.Companies.SingleOrDefaultAsync(row => row.Id == companyId, cancellationToken);
        else if (lead.CompanyName.Length > 0)
            _company = await db.Companies.WithName(lead.CompanyName).SingleOrDefaultAsync(cancellationToken);
        return companyId is not null && _company is null ? CompanyErrors.NotFound(companyId.ToString()!) : null;
    }

    /// <summary>What was found, and ids for what is to be made: those of the earlier plan, where that had something to make too.</summary>
    public ConversionPlan Plan() => new(
        _person?.Id ?? (planned is { HasPerson: false } ? planned.PersonId : Guid.CreateVersion7()),
        _person is not null,
        _company?.Id ?? (lead.CompanyName.Length == 0 ? _person?.CompanyId : planned is { HasCompany: false } ? planned.CompanyId : Guid.CreateVersion7()),
        _company is not null || lead.CompanyName.Length == 0);

    /// <summary>Makes what is not there, and fills what is.</summary>
    /// <param name="said">What the lead has said of consents, which the person takes over.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task CreateOrFillAsync(IReadOnlyList<ConsentStatement> said, CancellationToken cancellationToken)
    {
        if (_company is null && lead.CompanyName.Length > 0)
            CreateCompany();
        if (_person is null)
            CreatePerson(said);
        else if (_person.Fill(Values(), now) | (said.Count > 0 && _person.TakeConsents((await db.ConsentsOfPersonAsync(_person.Id, cancellationToken)).Concat(said).Latest())))
            db.Publish(_person.Id, new V1.PersonUpdated { Person = _person.ToMessage() });
        foreach (var statement in said)
            statement.MoveTo(PersonId);
    }

    /// <summary>What the database refuses again and again: somebody has the e-mail, or the name, whom the caller does not see. To repeat the call would not help.</summary>
    public Violation[] Taken() => [CompanyErrors.NameTaken(_company?.Name ?? lead.CompanyName), .. PersonErrors.OnSave(_person!)];

    private void CreateCompany()
    {
        _company = Company.Create(new V1.Company { Name = lead.CompanyName, OwnerId = lead.OwnerId.ToIdText() }, now, planned?.CompanyId);
        CompanyCreated = true;
        db.Companies.Add(_company);
        db.Publish(_company.Id, new V1.CompanyCreated { Company = _company.ToMessage() });
    }

    private void CreatePerson(IReadOnlyList<ConsentStatement> said)
    {
        _person = Person.Create(Values(), now, planned?.PersonId);
        _person.TakeConsents(said.Latest());
        PersonCreated = true;
        db.People.Add(_person);
        db.Publish(_person.Id, new V1.PersonCreated { Person = _person.ToMessage() });
    }

    private V1.Person Values() => new()
    {
        FirstName = lead.FirstName,
        LastName = lead.LastName,
        // Somebody else's address does not go to a person who was chosen by id.
        Email = _emailIsFree ? lead.Email : "",
        Phone = lead.Phone,
        JobTitle = lead.JobTitle,
        Address = lead.Address,
        CompanyId = _company?.Id.ToString() ?? "",
        CustomFields = db.Caller.AdoptCustomFields(Person.Resource.Info, lead.CustomFields),
        OwnerId = lead.OwnerId.ToIdText(),
    };
}
