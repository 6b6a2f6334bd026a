using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Keeping;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Segments;

internal static class CreateSegment
{
    private const int MostDynamic = 200;

    public sealed class Validator : AbstractValidator<V1.CreateSegmentRequest>
    {
        public Validator() => RuleFor(request => request.Segment).NotNull().WithMessage("Send the segment.").SetValidator(new SegmentValidator());
    }

    public static Task<Result<V1.Segment>> Handle(V1.CreateSegmentRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => CreateAsync(request, db, fields, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Segment>> CreateAsync(V1.CreateSegmentRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken)
    {
        var (segment, run, now) = (Segment.Create(request.Segment, time.GetUtcNow()), (SegmentRun?)null, time.GetUtcNow());
        SegmentCondition? condition = null;
        if (segment.IsDynamic)
        {
            var bound = await SegmentFilters.BindAsync(request.Segment, db, fields, time, cancellationToken);
            if (bound.IsError)
                return bound.Error;
            // Each one is asked for with every change of a record. One after the other, so that two do not take the last place.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"segments {db.Caller.RequiredTenantId}"}, 0))", cancellationToken);
            if (await db.Segments.CountAsync(row => row.Kind == V1.SegmentKind.Dynamic, cancellationToken) >= MostDynamic)
                return SegmentErrors.TooMany(MostDynamic);
            condition = bound.Value;
            db.SegmentRuns.Add(run = SegmentRun.Of(segment, now));
        }

        segment.Update(request.Segment, condition, now);
        db.Segments.Add(segment);
        db.Publish(segment.Id, new V1.SegmentCreated { Segment = segment.ToMessage(run) });
        return await db.TrySaveChangesAsync(cancellationToken, SegmentErrors.NameTaken(segment.Name)) is { } error ? error : segment.ToMessage(run);
    }
}
