using Google.Api;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Errors;

namespace Platform.Records.Objects;

/// <summary>The RPC table of records.</summary>
internal sealed class RecordsService(RecordsDbContext db, IOptions<RecordOptions> options, TimeProvider time) : V1.RecordsService.RecordsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListRecordsResponse> ListRecords(V1.ListRecordsRequest request, ServerCallContext context) =>
        Objects.ListRecords.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Record> GetRecord(V1.GetRecordRequest request, ServerCallContext context) =>
        Objects.GetRecord.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Record> CreateRecord(V1.CreateRecordRequest request, ServerCallContext context) =>
        Objects.CreateRecord.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.BatchCreateRecordsResponse> BatchCreateRecords(V1.BatchCreateRecordsRequest request, ServerCallContext context) =>
        Objects.BatchCreateRecords.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Record> UpdateRecord(V1.UpdateRecordRequest request, ServerCallContext context) =>
        Objects.UpdateRecord.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Record> DeleteRecord(V1.DeleteRecordRequest request, ServerCallContext context) =>
        Objects.DeleteRecord.Handle(request, db, options.Value, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Record> UndeleteRecord(V1.UndeleteRecordRequest request, ServerCallContext context) =>
        Objects.UndeleteRecord.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportRecords(V1.ExportRecordsRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Objects.ExportRecords.Handle(request, responseStream, db, time, context);
}
