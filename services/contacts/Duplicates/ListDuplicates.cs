using FluentValidation;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Errors;
using Platform.Paging;

namespace Platform.Contacts.Duplicates;

internal static class ListDuplicates
{
    public sealed class Validator : AbstractValidator<V1.ListDuplicatesRequest>
    {
        public Validator() => RuleFor(request => request.Resource)
            .Must(resource => resource.Length == 0 || DuplicateKind.Find(resource) is not null).WithMessage("Use contacts.person, contacts.company or contacts.lead, or leave it out.");
    }

    public static async Task<Result<V1.ListDuplicatesResponse>> Handle(V1.ListDuplicatesRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var (ofPeople, ofCompanies, ofLeads) = (await OpenAsync(db, DuplicateKind.People, cancellationToken), await OpenAsync(db, DuplicateKind.Companies, cancellationToken), await OpenAsync(db, DuplicateKind.Leads, cancellationToken));
        var (person, company, lead) = (Person.Resource.Info.Name, Company.Resource.Info.Name, Lead.Resource.Info.Name);
        var (people, companies, leads) = ((IQueryable<Person>)db.People, (IQueryable<Company>)db.Companies, db.Leads.Where(row => row.Status != V1.LeadStatus.Converted));
        // A pair whose records are not both there for the caller is not there either, and neither is one that only hidden fields tell of.
        var pairs = db.DuplicatePairs.Where(pair => !pair.Dismissed && (request.Resource == "" || pair.Resource == request.Resource) && (
            (pair.Resource == person && people.Any(row => row.Id == pair.FirstId) && people.Any(row => row.Id == pair.SecondId) && pair.Reasons.Any(name => ofPeople.Contains(name)))
            || (pair.Resource == company && companies.Any(row => row.Id == pair.FirstId) && companies.Any(row => row.Id == pair.SecondId) && pair.Reasons.Any(name => ofCompanies.Contains(name)))
            || (pair.Resource == lead && leads.Any(row => row.Id == pair.FirstId) && leads.Any(row => row.Id == pair.SecondId) && pair.Reasons.Any(name => ofLeads.Contains(name)))));
        var page = await pairs.ToPageAsync(request.PageSize, request.PageToken, request.Resource, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListDuplicatesResponse { NextPageToken = page.Value.NextPageToken };
        response.Duplicates.AddRange(page.Value.Items.Select(pair => pair.ToMessage(pair.Resource == person ? ofPeople : pair.Resource == company ? ofCompanies : ofLeads)));
        return response;
    }

    // The names of the rules that compare only what the caller sees.
    private static async Task<string[]> OpenAsync(ContactsDbContext db, DuplicateKind kind, CancellationToken cancellationToken) =>
        [.. (await DuplicateRuleSet.OfAsync(db, kind, cancellationToken)).Rules.Where(rule => kind.IsOpenTo(db.Caller, rule)).Select(rule => rule.Name)];
}
