using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Contacts.Leads;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Consents;

internal static class ListConsents
{
    /// <summary>Of records: what is hidden of them is hidden here.</summary>
    public const string Field = "consents";

    private static readonly FilterSchema<ConsentStatement> Schema = FilterSchema.Of<ConsentStatement>(fields => fields.Instant("time", statement => statement.Time, sortable: true));

    public sealed class PersonValidator : AbstractValidator<V1.ListPersonConsentsRequest>
    {
        public PersonValidator() => RuleFor(request => request.PersonId).Id();
    }

    public sealed class LeadValidator : AbstractValidator<V1.ListLeadConsentsRequest>
    {
        public LeadValidator() => RuleFor(request => request.LeadId).Id();
    }

    public static async Task<Result<V1.ListPersonConsentsResponse>> Handle(V1.ListPersonConsentsRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.FindOrSurvivorAsync(db.People, Guid.Parse(request.PersonId), cancellationToken) is not { } person)
            return PersonErrors.NotFound(request.PersonId);
        if (db.Caller.CheckArrangement(Person.Resource.Info, Field) is { } hidden)
            return hidden;
        var page = await PageAsync(
            db.ConsentStatements.Where(statement => statement.PersonId == person.Id), new ListRequest(request.PageSize, request.PageToken) { Query = request.PersonId }, db, time, cancellationToken);
        return page.IsError
            ? page.Error
            : new V1.ListPersonConsentsResponse { Consents = { page.Value.Items.Select(statement => statement.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }

    public static async Task<Result<V1.ListLeadConsentsResponse>> Handle(V1.ListLeadConsentsRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.FindOrSurvivorAsync(db.Leads, Guid.Parse(request.LeadId), cancellationToken) is not { } lead)
            return LeadErrors.NotFound(request.LeadId);
        if (db.Caller.CheckArrangement(Lead.Resource.Info, Field) is { } hidden)
            return hidden;
        var page = await PageAsync(
            db.ConsentStatements.Where(statement => statement.LeadId == lead.Id), new ListRequest(request.PageSize, request.PageToken) { Query = request.LeadId }, db, time, cancellationToken);
        return page.IsError
            ? page.Error
            : new V1.ListLeadConsentsResponse { Consents = { page.Value.Items.Select(statement => statement.ToMessage()) }, NextPageToken = page.Value.NextPageToken };
    }

    // The latest first.
    private static Task<Result<Page<ConsentStatement>>> PageAsync(IQueryable<ConsentStatement> statements, ListRequest list, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        statements.AsNoTracking().ToPageAsync(Schema, list with { OrderBy = "time desc" }, FilterContext.Of(db.Caller, time), cancellationToken);
}
