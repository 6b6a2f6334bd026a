using FluentValidation;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Segments.Members;

internal static class RemoveSegmentMembers
{
    public sealed class Validator : AbstractValidator<V1.RemoveSegmentMembersRequest>
    {
        public Validator() => ChosenRecords.Check(this, request => request.SegmentId, RecordsOf);
    }

    public static Task<Result<V1.RemoveSegmentMembersResponse>> Handle(
        V1.RemoveSegmentMembersRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync<V1.RemoveSegmentMembersResponse>(async () =>
        {
            var response = new V1.RemoveSegmentMembersResponse();
            var changed = await ChangeMembers.RunAsync(
                request.SegmentId, RecordsOf(request), "remove_members", async (segment, ids) => (int)(response.Removed = await Membership.RemoveAsync(db, segment, ids, cancellationToken)),
                db, fields, time, cancellationToken);
            return changed.IsError ? changed.Error : response;
        }, cancellationToken);

    private static ChosenRecords RecordsOf(V1.RemoveSegmentMembersRequest request) => new(request.RecordIds, request.Filter, request.TimeZone);
}
