using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Keeping;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Segments;

internal static class UpdateSegment
{
    public sealed class Validator : AbstractValidator<V1.UpdateSegmentRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Segment).NotNull().WithMessage("Send the segment.");
            RuleFor(request => request.Segment.Id).Id().When(request => request.Segment is not null);
        }
    }

    public static Task<Result<V1.Segment>> Handle(V1.UpdateSegmentRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, db, fields, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Segment>> UpdateAsync(V1.UpdateSegmentRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        // Held before anything else, as whoever evaluates it does.
        if (await db.Segments.Held(Guid.Parse(request.Segment.Id)).SingleOrDefaultAsync(cancellationToken) is not { } segment)
            return SegmentErrors.NotFound(request.Segment.Id);
        if (!segment.Matches(request.Segment.Etag))
            return Error.Stale("segment");
        var run = await db.SegmentRuns.SingleOrDefaultAsync(row => row.SegmentId == segment.Id, cancellationToken);
        var merged = Masks.Merge(segment.ToMessage(run), request.Segment, request.UpdateMask).Validate(new SegmentValidator(), "segment");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Resource != segment.Resource || merged.Value.Kind != segment.Kind)
            return Error.Invalid(merged.Value.Resource == segment.Resource ? "segment.kind" : "segment.resource", "A segment keeps it: make another segment.");
        return await ChangeAsync(segment, run, merged.Value, db, fields, time, cancellationToken);
    }

    private static async Task<Result<V1.Segment>> ChangeAsync(
        Segment segment, SegmentRun? run, V1.Segment message, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        SegmentCondition? condition = null;
        if (run is not null)
        {
            var bound = await SegmentFilters.BindAsync(message, db, fields, time, cancellationToken);
            if (bound.IsError)
                return bound.Error;
            condition = bound.Value;
            if (message.Filter.Trim() != segment.Filter || message.TimeZone != segment.TimeZone || run.State == V1.SegmentState.Broken)
                run.Begin(time.GetUtcNow());
        }

        segment.Update(message, condition, time.GetUtcNow());
        db.Publish(segment.Id, new V1.SegmentUpdated { Segment = segment.ToMessage(run) });
        return await db.TrySaveChangesAsync(cancellationToken, SegmentErrors.NameTaken(segment.Name)) is { } error ? error : segment.ToMessage(run);
    }
}
