using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.Segments.Members;

internal static class CountSegmentMembers
{
    public sealed class Validator : AbstractValidator<V1.CountSegmentMembersRequest>
    {
        public Validator() => RuleFor(request => request.SegmentId).Id();
    }

    public static async Task<Result<V1.CountSegmentMembersResponse>> Handle(
        V1.CountSegmentMembersRequest request, ContactsDbContext db, CustomFieldDirectory fields, CancellationToken cancellationToken)
    {
        var segment = await db.FindReadableAsync(request.SegmentId, fields, cancellationToken);
        if (segment.IsError)
            return segment.Error;
        var (id, records) = (segment.Value.Id, MemberKind.Find(segment.Value.Resource)!.Records(db));
        return new V1.CountSegmentMembersResponse { Count = await records.LongCountAsync(record => db.SegmentMembers.Any(member => member.SegmentId == id && member.RecordId == record), cancellationToken) };
    }
}
