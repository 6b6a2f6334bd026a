using FluentValidation;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Merging;

/// <summary>What became part of a record; also asked with the id of one that became part of it.</summary>
internal static class ListMerges
{
    public sealed class PersonValidator : AbstractValidator<V1.ListPersonMergesRequest>
    {
        public PersonValidator() => RuleFor(request => request.PersonId).Id();
    }

    public sealed class CompanyValidator : AbstractValidator<V1.ListCompanyMergesRequest>
    {
        public CompanyValidator() => RuleFor(request => request.CompanyId).Id();
    }

    public sealed class LeadValidator : AbstractValidator<V1.ListLeadMergesRequest>
    {
        public LeadValidator() => RuleFor(request => request.LeadId).Id();
    }

    public static async Task<Result<V1.ListLeadMergesResponse>> Handle(V1.ListLeadMergesRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var page = await PageAsync(MergeKinds.Leads, request.LeadId, request.PageSize, request.PageToken, db, clock, cancellationToken);
        return page.IsError ? page.Error : new V1.ListLeadMergesResponse { Merges = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }

    public static async Task<Result<V1.ListPersonMergesResponse>> Handle(V1.ListPersonMergesRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var page = await PageAsync(MergeKinds.People, request.PersonId, request.PageSize, request.PageToken, db, clock, cancellationToken);
        return page.IsError ? page.Error : new V1.ListPersonMergesResponse { Merges = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }

    public static async Task<Result<V1.ListCompanyMergesResponse>> Handle(V1.ListCompanyMergesRequest request, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
    {
        var page = await PageAsync(MergeKinds.Companies, request.CompanyId, request.PageSize, request.PageToken, db, clock, cancellationToken);
        return page.IsError ? page.Error : new V1.ListCompanyMergesResponse { Merges = { page.Value.Items }, NextPageToken = page.Value.NextPageToken };
    }

    private static async Task<Result<Page<V1.Merge>>> PageAsync<TRow, TMessage>(
        MergeKind<TRow, TMessage> kind, string id, int pageSize, string pageToken, ContactsDbContext db, MergeClock clock, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>
        where TMessage : class, IMessage<TMessage>
    {
        if (await db.FindOrSurvivorAsync(kind.Rows(db), Guid.Parse(id), cancellationToken) is not { } survivor)
            return Error.NotFound(kind.Noun, id);
        var page = await db.Merges.Where(merge => merge.SurvivorId == survivor.Id).ToPageAsync(pageSize, pageToken, survivor.Id.ToString(), cancellationToken);
        if (page.IsError)
            return page.Error;
        Guid[] ids = [.. page.Value.Items.Select(merge => merge.Id)];
        var merged = (await db.MergedRecords.AsNoTracking().Where(record => ids.Contains(record.MergeId)).OrderBy(record => record.Id)
            .Select(record => new { record.MergeId, record.Id }).ToListAsync(cancellationToken)).ToLookup(record => record.MergeId, record => record.Id);
        return new Page<V1.Merge>([.. page.Value.Items.Select(merge => merge.ToMessage(merged[merge.Id], clock.Grace))], page.Value.NextPageToken);
    }
}
