using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Communications.Followers;

/// <summary>The RPC table of followers.</summary>
internal sealed class FollowersService(CommunicationsDbContext db, FollowedRecord records, TimeProvider time) : V1.FollowersService.FollowersServiceBase
{
    [AnyMember(MembersOnly = true)]
    public override Task<V1.ListFollowersResponse> ListFollowers(V1.ListFollowersRequest request, ServerCallContext context) =>
        Followers.ListFollowers.Handle(request, db, records, context.CancellationToken).Reply();

    [AnyMember(MembersOnly = true)]
    public override Task<V1.ListFollowersResponse> FollowRecord(V1.FollowRecordRequest request, ServerCallContext context) =>
        Followers.FollowRecord.Handle(request, db, records, time, context.CancellationToken).Reply();

    [AnyMember(MembersOnly = true)]
    public override Task<V1.ListFollowersResponse> UnfollowRecord(V1.UnfollowRecordRequest request, ServerCallContext context) =>
        Followers.UnfollowRecord.Handle(request, db, records, time, context.CancellationToken).Reply();
}
