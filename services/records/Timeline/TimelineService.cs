using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Records.Timeline;

/// <summary>The RPC table of timelines; which objects there are, the company says.</summary>
internal sealed class TimelineService(RecordsDbContext db, CustomFieldDirectory objects, TimeProvider time) : V1.TimelineService.TimelineServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListTimelineResponse> ListTimeline(V1.ListTimelineRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => Timeline.ListTimeline.Handle(request, db, context.CancellationToken), context).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Note> CreateNote(V1.CreateNoteRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => Timeline.CreateNote.Handle(request, db, time, context.CancellationToken), context).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Note> UpdateNote(V1.UpdateNoteRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => Timeline.UpdateNote.Handle(request, db, time, context.CancellationToken), context).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteNote(V1.DeleteNoteRequest request, ServerCallContext context) =>
        KnowingObjectsAsync(() => Timeline.DeleteNote.Handle(request, db, context.CancellationToken), context).Reply();

    private async Task<Result<T>> KnowingObjectsAsync<T>(Func<Task<Result<T>>> call, ServerCallContext context)
        where T : class
    {
        await objects.LoadAsync(db.Caller, context.CancellationToken);
        return await call();
    }
}
