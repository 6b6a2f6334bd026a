using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>A company whose visits lead to a machine and to several tools, and whose reports lead to a visit.</summary>
internal sealed class Garage
{
    private readonly RecordsFixture _records;

    public Garage(RecordsFixture records, RelationDeletion ofMachine, RelationDeletion ofTools = RelationDeletion.Unspecified, RelationDeletion ofVisit = RelationDeletion.Unspecified, params Field[] others)
    {
        _records = records;
        records.Fields.SetObjects(
            Tenant,
            [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits"), RecordsFixture.Kind("report", "reports")],
            [
                Relation("visit", "machine", "records.machine", ofMachine),
                Relation("visit", "tools", "records.machine", ofTools, FieldType.Relations),
                Relation("report", "visit", "records.visit", ofVisit),
                .. others,
            ]);
    }

    public Guid Tenant { get; } = Guid.CreateVersion7();

    public RecordsService.RecordsServiceClient Client => _records.RecordsOf(Tenant);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Field Relation(string source, string key, string target, RelationDeletion rule, FieldType type = FieldType.Relation) =>
        new() { Resource = $"records.{source}", Key = key, Label = key, Type = type, RelatedResource = target, OnDelete = rule };

    public AsyncUnaryCall<Record> TryMake(string plural, object fields) => Client.CreateRecordAsync(
        new CreateRecordRequest { Object = plural, Record = new Record { Name = plural, CustomFields = Struct.Parser.ParseJson(JsonSerializer.Serialize(fields)) } }, cancellationToken: Token);

    public async Task<Record> MakeAsync(string plural, object? fields = null) => await TryMake(plural, fields ?? new { });

    public AsyncUnaryCall<Record> Delete(string plural, string id) => Client.DeleteRecordAsync(new DeleteRecordRequest { Object = plural, Id = id }, cancellationToken: Token);

    public AsyncUnaryCall<Record> Restore(string plural, string id) => Client.UndeleteRecordAsync(new UndeleteRecordRequest { Object = plural, Id = id }, cancellationToken: Token);

    public async Task<Record> GetAsync(string plural, string id) => await Client.GetRecordAsync(new GetRecordRequest { Object = plural, Id = id }, cancellationToken: Token);

    public async Task<Record> SetAsync(string plural, string id, object fields) => await TrySet(plural, id, fields);

    public AsyncUnaryCall<Record> TrySet(string plural, string id, object fields) => Client.UpdateRecordAsync(
        new UpdateRecordRequest { Object = plural, Record = new Record { Id = id, CustomFields = Struct.Parser.ParseJson(JsonSerializer.Serialize(fields)) } }, cancellationToken: Token);

    /// <summary>Ids of the records in use that the filter finds.</summary>
    public async Task<IEnumerable<string>> FindAsync(string plural, string filter = "") =>
        (await Client.ListRecordsAsync(new ListRecordsRequest { Object = plural, Filter = filter, OrderBy = "create_time" }, cancellationToken: Token)).Records.Select(record => record.Id);

    /// <summary>Where a field of a record leads.</summary>
    public static IEnumerable<string> Ids(Record record, string key) => !record.CustomFields.Fields.TryGetValue(key, out var value) ? []
        : value.KindCase == Value.KindOneofCase.ListValue ? value.ListValue.Values.Select(item => item.StringValue) : [value.StringValue];
}
