using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Segments.Members;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Segments;

/// <summary>The RPC table of segments.</summary>
internal sealed class SegmentsService(ContactsDbContext db, CustomFieldDirectory fields, ConvertedDeals deals, TimeProvider time) : V1.SegmentsService.SegmentsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListSegmentsResponse> ListSegments(V1.ListSegmentsRequest request, ServerCallContext context) =>
        Segments.ListSegments.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Segment> GetSegment(V1.GetSegmentRequest request, ServerCallContext context) =>
        Segments.GetSegment.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Segment> CreateSegment(V1.CreateSegmentRequest request, ServerCallContext context) =>
        Segments.CreateSegment.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Segment> UpdateSegment(V1.UpdateSegmentRequest request, ServerCallContext context) =>
        Segments.UpdateSegment.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteSegment(V1.DeleteSegmentRequest request, ServerCallContext context) =>
        Segments.DeleteSegment.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read), NarrowedByHandler]
    public override Task<V1.ListSegmentMembersResponse> ListSegmentMembers(V1.ListSegmentMembersRequest request, ServerCallContext context) =>
        Members.ListSegmentMembers.Handle(request, db, fields, deals, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.CountSegmentMembersResponse> CountSegmentMembers(V1.CountSegmentMembersRequest request, ServerCallContext context) =>
        Members.CountSegmentMembers.Handle(request, db, fields, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.AddSegmentMembersResponse> AddSegmentMembers(V1.AddSegmentMembersRequest request, ServerCallContext context) =>
        Members.AddSegmentMembers.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.RemoveSegmentMembersResponse> RemoveSegmentMembers(V1.RemoveSegmentMembersRequest request, ServerCallContext context) =>
        Members.RemoveSegmentMembers.Handle(request, db, fields, time, context.CancellationToken).Reply();
}
