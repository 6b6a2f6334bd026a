using Grpc.Core;
using Platform.Access;
using Platform.Caching;
using Platform.Communications.V1;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Communications.Live;

/// <summary>The RPC table of what gateways watch.</summary>
internal sealed class LiveService(CommunicationsDbContext db, Caller caller, LiveChannel channel, ReplicaSignal signal, TimeProvider time, IHostApplicationLifetime lifetime) : V1.LiveService.LiveServiceBase
{
    // Of all companies, so that the account names none: the handler asks for the permission.
    [AnyMember]
    public override Task WatchChanges(WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> responseStream, ServerCallContext context) =>
        Live.WatchChanges.Handle(responseStream, caller, channel, lifetime, context.CancellationToken);

    [Permission(Permissions.Watch)]
    public override Task<ListChangesResponse> ListChanges(ListChangesRequest request, ServerCallContext context) =>
        Live.ListChanges.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Watch)]
    public override Task<TellPresenceResponse> TellPresence(TellPresenceRequest request, ServerCallContext context) =>
        Live.TellPresence.Handle(request, caller, signal, context.CancellationToken).Reply();
}
