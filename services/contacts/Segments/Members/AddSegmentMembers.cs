using FluentValidation;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Segments.Members;

internal static class AddSegmentMembers
{
    public sealed class Validator : AbstractValidator<V1.AddSegmentMembersRequest>
    {
        public Validator() => ChosenRecords.Check(this, request => request.SegmentId, RecordsOf);
    }

    public static Task<Result<V1.AddSegmentMembersResponse>> Handle(
        V1.AddSegmentMembersRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync<V1.AddSegmentMembersResponse>(async () =>
        {
            var response = new V1.AddSegmentMembersResponse();
            var changed = await ChangeMembers.RunAsync(
                request.SegmentId, RecordsOf(request), "add_members", async (segment, ids) => (int)(response.Added = await Membership.AddAsync(db, segment, ids, cancellationToken)),
                db, fields, time, cancellationToken);
            return changed.IsError ? changed.Error : response;
        }, cancellationToken);

    private static ChosenRecords RecordsOf(V1.AddSegmentMembersRequest request) => new(request.RecordIds, request.Filter, request.TimeZone);
}
