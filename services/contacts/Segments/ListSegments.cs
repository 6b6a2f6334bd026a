using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Segments;

internal static class ListSegments
{
    public sealed class Validator : AbstractValidator<V1.ListSegmentsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Must(resource => resource.Length == 0 || MemberKind.Find(resource) is not null).WithMessage("Use contacts.person, contacts.company or contacts.lead, or leave it out.");
            RuleFor(request => request.RecordId).OptionalId();
        }
    }

    public static async Task<Result<V1.ListSegmentsResponse>> Handle(V1.ListSegmentsRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var rows = db.Segments.Where(segment => request.Resource == "" || segment.Resource == request.Resource);
        if (request.RecordId.ToIdOrNull() is { } record)
        {
            if (!await MemberKind.All.ToAsyncEnumerable().AnyAsync(async (kind, token) => await kind.Records(db).AnyAsync(id => id == record, token), cancellationToken))
                return new V1.ListSegmentsResponse();
            // That a record is a member tells what the expression reads of it.
            var hidden = ReadFields.HiddenFrom(db.Caller);
            rows = rows.Where(segment => db.SegmentMembers.Any(member => member.SegmentId == segment.Id && member.RecordId == record) && !segment.Reads.Any(field => hidden.Contains(field)));
        }

        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, $"{request.Resource}|{request.RecordId}", cancellationToken);
        if (page.IsError)
            return page.Error;
        Guid[] ids = [.. page.Value.Items.Select(segment => segment.Id)];
        var runs = await db.SegmentRuns.AsNoTracking().Where(run => ids.Contains(run.SegmentId)).ToDictionaryAsync(run => run.SegmentId, cancellationToken);
        var response = new V1.ListSegmentsResponse { NextPageToken = page.Value.NextPageToken };
        response.Segments.AddRange(page.Value.Items.Select(segment => segment.ToMessage(runs.GetValueOrDefault(segment.Id))));
        return response;
    }
}
