using FluentValidation;
using Platform.Access.Fields;
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
        var (person, company, lead) = (Person.Resource.Info.Name, Company.Resource.Info.Name, Lead.Resource.Info.Name);
        var (people, companies, leads) = ((IQueryable<Person>)db.People, (IQueryable<Company>)db.Companies, (IQueryable<Lead>)db.Leads);
        // A pair whose records are not both there for the caller is not there either.
        var pairs = db.DuplicatePairs.Where(pair => !pair.Dismissed && (request.Resource == "" || pair.Resource == request.Resource) && (
            (pair.Resource == person && people.Any(row => row.Id == pair.FirstId) && people.Any(row => row.Id == pair.SecondId))
            || (pair.Resource == company && companies.Any(row => row.Id == pair.FirstId) && companies.Any(row => row.Id == pair.SecondId))
            || (pair.Resource == lead && leads.Any(row => row.Id == pair.FirstId) && leads.Any(row => row.Id == pair.SecondId))));
        var page = await pairs.ToPageAsync(request.PageSize, request.PageToken, request.Resource, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListDuplicatesResponse { NextPageToken = page.Value.NextPageToken };
        response.Duplicates.AddRange(page.Value.Items.Select(pair => pair.ToMessage(TellsReasons(db, pair))));
        return response;
    }

    // Why two records match tells of their fields.
    private static bool TellsReasons(ContactsDbContext db, DuplicatePair pair) =>
        DuplicateKind.Find(pair.Resource) is { } kind && kind.Fields.All(field => db.Caller.CanRead(kind.Resource, field));
}
