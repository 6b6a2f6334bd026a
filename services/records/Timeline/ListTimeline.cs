using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Paging;
using Platform.Records.Objects;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Records.Timeline;

internal static class ListTimeline
{
    // An answer stays well below what a call may carry.
    private const int AnswerSize = 1024 * 1024;

    public sealed class Validator : AbstractValidator<V1.ListTimelineRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.RecordId).Id();
            RuleFor(request => request.PageSize).InclusiveBetween(0, Pages.MaxSize).WithMessage(_ => Say($"Use 1 to {Pages.MaxSize}, or leave it out for {Pages.DefaultSize}."));
            RuleForEach(request => request.Kinds).IsInEnum().NotEqual(V1.TimelineKind.Unspecified).WithMessage("Name a kind of entry, such as TIMELINE_KIND_NOTE.");
        }
    }

    public static async Task<Result<V1.ListTimelineResponse>> Handle(V1.ListTimelineRequest request, RecordsDbContext db, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var (id, kinds) = (Guid.Parse(request.RecordId), request.Kinds.ToHashSet());
        if (!await db.Records.Of(RecordKinds.Of(known.Value.Key, RecordState.Any)).AnyAsync(row => row.Id == id, cancellationToken))
            return RecordErrors.NotFound(request.RecordId);
        var query = $"{known.Value.Key} {id} {string.Join(',', kinds.Order())}";
        Guid? before = null;
        if (request.PageToken.Length > 0)
        {
            if (!PageToken.TryDecode(request.PageToken, query, out var last))
                return Error.Invalid("pageToken", "Use the nextPageToken of the same timeline with the same kinds, unchanged.");
            before = last;
        }

        return await ReadAsync(TimelineRows.ReadAsync(db, known.Value.Key, id, kinds, before, cancellationToken), request.PageSize, query, cancellationToken);
    }

    private static async Task<V1.ListTimelineResponse> ReadAsync(IAsyncEnumerable<V1.TimelineEntry> entries, int pageSize, string query, CancellationToken cancellationToken)
    {
        var (page, bytes) = (new V1.ListTimelineResponse(), 0);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (page.Entries.Count == (pageSize == 0 ? Pages.DefaultSize : pageSize) || bytes > AnswerSize)
            {
                page.NextPageToken = PageToken.Encode(Guid.Parse(page.Entries[^1].Id), query);
                break;
            }

            page.Entries.Add(entry);
            bytes += entry.CalculateSize();
        }

        return page;
    }
}
