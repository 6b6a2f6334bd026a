using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>A company with two thousand amounts that were there before its rates were known: they are converted in the background, each once.</summary>
public sealed class ConversionFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private const int Many = 2_000;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecordsService.RecordsServiceClient Client => records.RecordsOf(_tenant);

    [Fact]
    public async Task A_call_answers_without_converting_and_what_is_not_converted_yet_is_as_without_a_rate()
    {
        await FillAsync();
        await ForgetAsync("DELETE FROM rate_books");
        await using (await HoldAsync(place: 0))
        {
            await records.RestartAsync();
            Assert.Empty(await FindAsync("custom_fields.price > 40").WaitAsync(Eventually.Promptly, Token));
            Assert.Empty(await FindAsync("NOT custom_fields.price > 40").WaitAsync(Eventually.Promptly, Token));
            Assert.Equal((0, 1), (await ConvertedAsync(), await WorkAsync()));
        }

        await Eventually.HoldsAsync(async () => await WorkAsync() == 0, Long);
        Assert.Equal(Many, await ConvertedAsync());
        Assert.NotEmpty(await FindAsync("custom_fields.price > 40"));
        Assert.Equal(1, await records.Database.QueryAsync<long>($"SELECT count(*) FROM rate_books WHERE tenant_id = '{_tenant}' AND reported_version = version"));
    }

    [Fact]
    public async Task Conversion_goes_on_where_it_was_cut_off_and_writes_each_record_once()
    {
        await FillAsync();
        await ForgetAsync("UPDATE rate_books SET reported_version = 0");
        await CountWritesAsync();
        await using (await HoldAsync(place: 1_200))
        {
            await records.RestartAsync();
            await FindAsync("");
            await Eventually.HoldsAsync(async () => await ConvertedAsync() == 1_000, Long);
            await records.RestartAsync();
            Assert.Equal((1_000, 1), (await ConvertedAsync(), await WorkAsync()));
        }

        await Eventually.HoldsAsync(async () => await WorkAsync() == 0, Long);
        Assert.Equal((Many, Many), (await ConvertedAsync(), await WritesAsync()));
    }

    [Fact]
    public async Task Two_replicas_at_once_convert_each_record_once()
    {
        await FillAsync();
        await ForgetAsync("DELETE FROM rate_books");
        await CountWritesAsync();
        await records.RestartAsync();
        await using var replica = records.StartReplica();
        using var theirs = records.Rest(TestTokens.ForPerson(_tenant, Guid.CreateVersion7(), RecordsFixture.All), replica);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async turn =>
        {
            if (turn % 2 == 0)
                await FindAsync("");
            else
                (await theirs.GetAsync(new Uri("/api/v1/objects/machines", UriKind.Relative), Token)).EnsureSuccessStatusCode();
        }));
        await Eventually.HoldsAsync(async () => await WorkAsync() == 0, Long);
        Assert.Equal((Many, Many), (await ConvertedAsync(), await WritesAsync()));
    }

    [Fact]
    public async Task Who_reads_asks_once_while_the_tenants_service_is_away()
    {
        Define();
        records.Rates.Down = true;
        try
        {
            for (var call = 0; call < 3; call++)
                await FindAsync("");
            Assert.Equal(1, records.Rates.Asked(_tenant));
        }
        finally
        {
            records.Rates.Down = false;
        }
    }

    private void Define()
    {
        records.Fields.SetObjects(_tenant, [RecordsFixture.Machines()], RecordsFixture.Of("price", FieldType.Money));
        records.Rates.Set(_tenant, "USD", "2020-01-01", "0.5");
    }

    private async Task FillAsync()
    {
        Define();
        for (var count = 0; count < Many; count += 100)
        {
            await Client.BatchCreateRecordsAsync(
                new BatchCreateRecordsRequest
                {
                    Object = "machines",
                    Records = { Enumerable.Range(0, 100).Select(_ => new Record { Name = "Press", CustomFields = Struct.Parser.ParseJson("""{"price":{"amount":"100","currency":"USD"}}""") }) },
                },
                cancellationToken: Token);
        }

        Assert.Equal(Many, await ConvertedAsync());
        await Eventually.HoldsAsync(async () => await WorkAsync() == 0, Long);
    }

    // As records are that were written by a version that kept no rates.
    private Task ForgetAsync(string book) => records.Database.ExecuteAsync(
        $"UPDATE records SET custom_fields = custom_fields - '@' - '@price' WHERE tenant_id = '{_tenant}'; {book} WHERE tenant_id = '{_tenant}'");

    private Task CountWritesAsync() => records.Database.ExecuteAsync($"""
        CREATE TABLE IF NOT EXISTS written (tenant_id uuid, id uuid);
        CREATE OR REPLACE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO written VALUES (NEW.tenant_id, NEW.id); RETURN NULL; END';
        CREATE OR REPLACE TRIGGER note_written AFTER UPDATE ON records FOR EACH ROW EXECUTE FUNCTION note_written();
        DELETE FROM written WHERE tenant_id = '{_tenant}';
        """);

    private Task<long> WritesAsync() => records.Database.QueryAsync<long>($"SELECT count(*) FROM written WHERE tenant_id = '{_tenant}'");

    private Task<long> ConvertedAsync() => records.Database.QueryAsync<long>($"SELECT count(*) FROM records WHERE tenant_id = '{_tenant}' AND custom_fields ->> '@price' = '0.5'");

    private Task<long> WorkAsync() => records.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND field_key = '$'");

    // Somebody writes that record all the while.
    private async Task<NpgsqlConnection> HoldAsync(int place)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(records.Database.Owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"BEGIN; SELECT FROM records WHERE id = (SELECT id FROM records WHERE tenant_id = '{_tenant}' ORDER BY id OFFSET {place} LIMIT 1) FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private async Task<List<string>> FindAsync(string filter) =>
        [.. (await Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = filter }, cancellationToken: Token)).Records.Select(record => record.Id)];
}
