using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;

namespace Records.Tests;

public sealed class PurgeFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_record_goes_for_good_when_its_time_has_come()
    {
        var tenant = records.CompanyWithMachines();
        var (press, drill) = (await records.CreateAsync(tenant, "Press"), await records.CreateAsync(tenant, "Drill"));
        foreach (var record in new[] { press, drill })
            await records.RecordsOf(tenant).DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = record.Id }, cancellationToken: Token);
        await records.RecordsOf(tenant).UndeleteRecordAsync(new UndeleteRecordRequest { Object = "machines", Id = drill.Id }, cancellationToken: Token);
        await records.Database.ExecuteAsync($"UPDATE record_purges SET due_time = now() WHERE tenant_id = '{tenant}'");
        await Eventually.HoldsAsync(async () => await RowsAsync(tenant) == 1);
        Assert.Equal(1, await records.EventsAsync(tenant, "RecordPurged", press.Id));
        Assert.Equal("Drill", (await records.RecordsOf(tenant).GetRecordAsync(new GetRecordRequest { Object = "machines", Id = drill.Id }, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task Records_of_a_purged_object_go_and_those_of_a_new_one_of_its_name_stay()
    {
        var (tenant, other) = (records.CompanyWithMachines(), records.CompanyWithMachines());
        for (var i = 0; i < 3; i++)
            await records.CreateAsync(tenant, $"Press {i}");
        await records.CreateAsync(other, "Theirs");
        var purged = new ObjectTypeChanged { Version = 9, ObjectType = RecordsFixture.Machines(), Purged = true };
        Assert.Equal("SUCCESS", await records.DeliverAsync(tenant, purged));
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines("N-{0}")]);
        await records.DeliverAsync(tenant, new ObjectTypeChanged { Version = 10, ObjectType = RecordsFixture.Machines("N-{0}") });
        var made = new List<string>();
        await Eventually.HoldsAsync(async () =>
        {
            made.Add((await records.CreateAsync(tenant, "New")).Number);
            return await RowsAsync(tenant) == made.Count && made[^1].StartsWith('N');
        });
        Assert.Equal(1, await RowsAsync(other));
    }

    [Fact]
    public async Task A_deleted_object_takes_its_records_out_of_reach_and_brings_them_back()
    {
        var tenant = records.CompanyWithMachines();
        await records.CreateAsync(tenant, "Press");
        var version = records.Fields.SetObjects(tenant, []);
        await records.DeliverAsync(tenant, new ObjectTypeChanged { Version = version, ObjectType = RecordsFixture.Machines() });
        var list = new ListRecordsRequest { Object = "machines" };
        await Eventually.HoldsAsync(async () => await FoundAsync() is null);
        version = records.Fields.SetObjects(tenant, [RecordsFixture.Machines()]);
        await records.DeliverAsync(tenant, new ObjectTypeChanged { Version = version, ObjectType = RecordsFixture.Machines() });
        await Eventually.HoldsAsync(async () => await FoundAsync() == 1);

        async Task<int?> FoundAsync()
        {
            try
            {
                return (await records.RecordsOf(tenant).ListRecordsAsync(list, cancellationToken: Token)).Records.Count;
            }
            catch (Grpc.Core.RpcException refused) when (refused.StatusCode == Grpc.Core.StatusCode.NotFound)
            {
                return null;
            }
        }
    }

    private Task<long> RowsAsync(Guid tenant) => records.Database.QueryAsync<long>($"SELECT count(*) FROM records WHERE tenant_id = '{tenant}'");
}
