using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>What others are told of records.</summary>
public sealed class EventFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_tell_what_the_platform_has_set_itself()
    {
        var (serial, doubled) = (RecordsFixture.Of("serial", FieldType.AutoNumber, unique: true), RecordsFixture.Of("doubled", FieldType.Formula));
        (serial.NumberPattern, doubled.Formula, doubled.ResultType) = ("S-{000}", "custom_fields.power * 2", FieldType.Decimal);
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), serial, doubled);
        var press = await records.CreateAsync(tenant, "Press", """{"power":21}""");
        Assert.Equal(("S-001", "42"), (press.CustomFields.Fields["serial"].StringValue, press.CustomFields.Fields["doubled"].StringValue));
        Assert.Equal(press.CustomFields, (await ToldAsync<RecordCreated>(press, RecordCreated.Parser)).Record.CustomFields);
        var stronger = await records.RecordsOf(tenant).UpdateRecordAsync(
            new UpdateRecordRequest { Object = "machines", Record = new Record { Id = press.Id, CustomFields = Google.Protobuf.WellKnownTypes.Struct.Parser.ParseJson("""{"power":30}""") } }, cancellationToken: Token);
        Assert.Equal("60", stronger.CustomFields.Fields["doubled"].StringValue);
        Assert.Equal(stronger.CustomFields, (await ToldAsync<RecordUpdated>(press, RecordUpdated.Parser)).Record.CustomFields);
    }

    private async Task<T> ToldAsync<T>(Record record, Google.Protobuf.MessageParser<T> parser)
        where T : Google.Protobuf.IMessage<T> => parser.ParseJson(await records.Database.QueryAsync<string>(
            $"SELECT data::text FROM outbox_messages WHERE aggregate_id = '{record.Id}' AND type = 'platform.records.v1.{typeof(T).Name}'"));
}
