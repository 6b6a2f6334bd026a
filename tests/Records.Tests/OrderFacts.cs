using Platform.Records.V1;
using Platform.Testing;
using Xunit;

namespace Records.Tests;

/// <summary>Lists in the order of built-in fields.</summary>
public sealed class OrderFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_read_along_an_index()
    {
        records.Fields.SetObjects(_tenant, [RecordsFixture.Machines()]);
        await records.CreateAsync(_tenant, "alpha");
        await records.Database.ExecuteAsync(
            $"""
            INSERT INTO records SELECT (jsonb_populate_record(record, jsonb_build_object('id', gen_random_uuid(), 'name', CASE WHEN i % 2 = 0 THEN 'M' ELSE 'm' END || i, 'create_time', now() + i * interval '1 s', 'update_time', now() - i * interval '1 s'))).*
            FROM records AS record, generate_series(1, 5000) AS i WHERE tenant_id = '{_tenant}';
            SET default_statistics_target = 1000; ANALYZE records; RESET default_statistics_target
            """);
        Assert.Equal("alpha", (await ListAsync("name")).Records[0].Name);
        Assert.Equal(["m999", "M998"], (await ListAsync("name desc")).Records.Take(2).Select(record => record.Name));
        Assert.Equal("M5000", (await ListAsync("create_time desc")).Records[0].Name);
        Assert.Equal("M5000", (await ListAsync("update_time")).Records[0].Name);
        foreach (var index in (string[])["ix_records_name", "ix_records_create_time", "ix_records_update_time"])
            await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>($"SELECT coalesce(sum(idx_scan), 0)::bigint FROM pg_stat_user_indexes WHERE indexrelname = '{index}'") > 0);
    }

    private async Task<ListRecordsResponse> ListAsync(string order) =>
        await records.RecordsOf(_tenant).ListRecordsAsync(new ListRecordsRequest { Object = "machines", OrderBy = order, PageSize = 10 }, cancellationToken: Token);
}
