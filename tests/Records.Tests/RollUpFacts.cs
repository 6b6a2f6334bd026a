using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>Roll-ups: machines that count their visits.</summary>
public sealed class RollUpFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static readonly Field Visits = RollUp("visits", RollUpFunction.Count, "", FieldType.Number);
    private static readonly Field Hours = RollUp("hours", RollUpFunction.Sum, "custom_fields.hours * 2", FieldType.Decimal, "custom_fields.hours > 1");
    private static readonly Field Cost = RollUp("cost", RollUpFunction.Average, "custom_fields.cost", FieldType.Money);
    private static readonly Field First = RollUp("first", RollUpFunction.Minimum, "custom_fields.day", FieldType.Date);
    private static readonly Field Last = RollUp("last", RollUpFunction.Maximum, "custom_fields.hours", FieldType.Decimal);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecordsService.RecordsServiceClient Client => records.RecordsOf(_tenant);

    [Fact]
    public async Task A_record_tells_what_leads_to_it_with_every_write_and_is_not_changed_by_it()
    {
        await DefineAsync(Visits, Hours, Cost, First, Last);
        var press = await MachineAsync("Press");
        Assert.Equal((0d, null), (press.CustomFields.Fields["visits"].NumberValue, Text(press, "hours")));
        var visit = await VisitAsync(press, """{"hours":"2.5","cost":{"amount":"10","currency":"EUR"},"day":"2026-05-02"}""");
        await VisitAsync(press, """{"hours":"1","cost":{"amount":"5.25","currency":"EUR"},"day":"2026-05-01"}""");
        var told = await GetAsync(press);
        Assert.Equal((2d, "5", "2026-05-01", "2.5"), (told.CustomFields.Fields["visits"].NumberValue, Text(told, "hours"), Text(told, "first"), Text(told, "last")));
        Assert.Equal(Struct.Parser.ParseJson("""{"amount":"7.63","currency":"EUR"}"""), told.CustomFields.Fields["cost"].StructValue);
        Assert.Equal(press.Etag, told.Etag);
        Assert.DoesNotContain(visit.CustomFields.Fields.Keys, key => key.Contains('@', StringComparison.Ordinal));
        Assert.DoesNotContain("visits@", await EventAsync(visit.Id), StringComparison.Ordinal);

        // Sent back as it was read, and what has changed since is told.
        var renamed = await Client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record(press) { Name = "Big press" } }, cancellationToken: Token);
        Assert.Equal(("Big press", 2d), (renamed.Name, renamed.CustomFields.Fields["visits"].NumberValue));
        await Client.DeleteRecordAsync(new DeleteRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token);
        told = await GetAsync(press);
        Assert.Equal((1d, null, "2026-05-01", "1"), (told.CustomFields.Fields["visits"].NumberValue, Text(told, "hours"), Text(told, "first"), Text(told, "last")));
        await Client.UndeleteRecordAsync(new UndeleteRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token);
        Assert.Equal("5", Text(await GetAsync(press), "hours"));
    }

    [Fact]
    public async Task A_record_that_leads_elsewhere_is_counted_there()
    {
        await DefineAsync(Visits, Hours);
        var (press, saw) = (await MachineAsync("Press"), await MachineAsync("Saw"));
        var visit = await VisitAsync(press, """{"hours":"3"}""");
        await ChangeAsync(visit, $$"""{"machine":"{{saw.Id}}","hours":"4"}""");
        Assert.Equal((0d, null), (Count(await GetAsync(press)), Text(await GetAsync(press), "hours")));
        Assert.Equal((1d, "8"), (Count(await GetAsync(saw)), Text(await GetAsync(saw), "hours")));
        await ChangeAsync(visit, """{"machine":null}""");
        Assert.Equal((0d, null), (Count(await GetAsync(saw)), Text(await GetAsync(saw), "hours")));
    }

    [Fact]
    public async Task Lists_are_filtered_by_roll_ups_sorted_by_them_and_exported_with_them()
    {
        await DefineAsync(Visits, Hours, Cost, First);
        var machines = new List<Record>();
        foreach (var (name, visits) in new[] { ("None", 0), ("Two", 2), ("One", 1), ("Three", 3) })
        {
            machines.Add(await MachineAsync(name));
            for (var i = 0; i < visits; i++)
                await VisitAsync(machines[^1], $$"""{"hours":"{{i + 2}}","cost":{"amount":"{{visits}}","currency":"EUR"},"day":"2026-05-0{{4 - visits}}"}""");
        }

        Assert.Equal(["None", "One"], await NamesAsync("custom_fields.visits < 2", "custom_fields.visits"));
        Assert.Equal(["None"], await NamesAsync("custom_fields.visits = 0", ""));
        Assert.Equal(["None"], await NamesAsync("NOT custom_fields.visits > 0", ""));
        Assert.Equal(["Three", "Two", "One", "None"], await NamesAsync("custom_fields.visits:*", "custom_fields.visits desc"));
        Assert.Equal(["Two"], await NamesAsync("custom_fields.hours = 10", ""));
        Assert.Equal(["Three", "Two"], await NamesAsync("custom_fields.cost > 1 AND NOT custom_fields.cost = \"3.5 EUR\"", "custom_fields.first"));
        Assert.Equal(["None"], await NamesAsync("custom_fields.hours = null", ""));
        Assert.Equal(["One", "Two"], await NamesAsync("custom_fields.first > 2026-05-01 AND custom_fields.first <= 2026-05-03", "custom_fields.hours"));
        Assert.Equal(["One", "Two", "Three", "None"], await NamesAsync("", "custom_fields.hours"));
        Assert.Equal(["None", "Three", "Two", "One"], await NamesAsync("", "custom_fields.hours desc"));
        var pages = new List<string>();
        for (var token = ""; pages.Count < 4;)
        {
            var page = await Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", OrderBy = "custom_fields.visits", PageSize = 1, PageToken = token }, cancellationToken: Token);
            pages.Add(Assert.Single(page.Records).Name);
            token = page.NextPageToken;
        }

        Assert.Equal(["None", "One", "Two", "Three"], pages);
        await Expect.FailsAsync("INVALID_ORDER_BY", Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", OrderBy = "custom_fields.visits, name" }, cancellationToken: Token));
        using var rest = records.RestOf(_tenant);
        var lines = (await rest.GetStringAsync(new Uri("/api/v1/objects/machines:export?orderBy=custom_fields.visits%20desc", UriKind.Relative), Token)).Split("\r\n");
        Assert.Contains(",custom_fields.first,custom_fields.hours,custom_fields.visits,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",2026-05-01,18,3,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_all_records_from_before_are_counted_a_value_is_pending_and_then_right()
    {
        await DefineAsync();
        var press = await MachineAsync("Press");
        for (var i = 1; i <= 5; i++)
            await VisitAsync(press, $$"""{"hours":"{{i}}"}""");
        var version = Set(Visits, Hours);
        await records.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(_tenant, version, Token);
        await Eventually.HoldsAsync(async () => (await GetAsync(press)).CustomFields.Fields.ContainsKey("$pending"));
        var pending = await GetAsync(press);
        Assert.Equal(["hours", "visits"], pending.CustomFields.Fields["$pending"].ListValue.Values.Select(key => key.StringValue).Order());
        Assert.False(pending.CustomFields.Fields.ContainsKey("visits"));
        Assert.Empty(await NamesAsync("custom_fields.visits:* OR custom_fields.visits >= 0", ""));
        // Written meanwhile, and counted once.
        await VisitAsync(press, """{"hours":"6"}""");
        await DeliverAsync(version, Visits, Hours);
        await CountedAsync(press);
        Assert.Equal((6d, "40"), (Count(await GetAsync(press)), Text(await GetAsync(press), "hours")));

        var changed = Set(Visits, RollUp("hours", RollUpFunction.Maximum, "custom_fields.hours", FieldType.Decimal));
        await DeliverAsync(changed, RollUp("hours", RollUpFunction.Maximum, "custom_fields.hours", FieldType.Decimal));
        await CountedAsync(press);
        Assert.Equal("6", Text(await GetAsync(press), "hours"));
    }

    [Fact]
    public async Task A_formula_that_is_rolled_up_takes_the_roll_up_along_when_it_changes()
    {
        Field Twice(int times) => new(On("visit", "twice", FieldType.Formula)) { Formula = $"custom_fields.hours * {times}", ResultType = FieldType.Decimal };
        var sum = RollUp("total", RollUpFunction.Sum, "custom_fields.twice", FieldType.Decimal);
        await DefineAsync(Twice(2), sum);
        var press = await MachineAsync("Press");
        await VisitAsync(press, """{"hours":"3"}""");
        await VisitAsync(press, """{"hours":"4"}""");
        Assert.Equal("14", Text(await GetAsync(press), "total"));
        await DeliverAsync(Set(Twice(10), sum), Twice(10));
        await Eventually.HoldsAsync(async () => Text(await GetAsync(press), "total") == "70");
    }

    [Fact]
    public async Task Amounts_in_several_currencies_are_not_added()
    {
        await DefineAsync(RollUp("cost", RollUpFunction.Sum, "custom_fields.cost", FieldType.Money));
        var press = await MachineAsync("Press");
        await VisitAsync(press, """{"cost":{"amount":"10.10","currency":"EUR"}}""");
        var other = await VisitAsync(press, """{"cost":{"amount":"3","currency":"USD"}}""");
        var mixed = await GetAsync(press);
        Assert.False(mixed.CustomFields.Fields.ContainsKey("cost"));
        Assert.Equal("CURRENCY_MISMATCH", mixed.CustomFields.Fields["$reasons"].StructValue.Fields["cost"].StringValue);
        await ChangeAsync(other, """{"cost":{"amount":"3","currency":"EUR"}}""");
        Assert.Equal("13.10", (await GetAsync(press)).CustomFields.Fields["cost"].StructValue.Fields["amount"].StringValue);
    }

    [Fact]
    public async Task Amounts_in_several_currencies_are_added_in_the_companys_where_that_is_asked_for()
    {
        records.Rates.Set(_tenant, "USD", "2020-01-01", "0.5");
        await DefineAsync(Converted("cost", "custom_fields.cost * 2"));
        var press = await MachineAsync("Press");
        await VisitAsync(press, """{"cost":{"amount":"10.10","currency":"EUR"}}""");
        var dollars = await VisitAsync(press, """{"cost":{"amount":"3.01","currency":"USD"}}""");
        await VisitAsync(press, """{"cost":{"amount":"1000","currency":"GBP"}}""");
        Assert.Equal(["cost", "machine"], dollars.CustomFields.Fields.Keys.Order());
        Assert.DoesNotContain("@cost", await EventAsync(dollars.Id), StringComparison.Ordinal);
        Assert.Equal("23.21", await CostAsync(press));
        Assert.Equal([dollars.Id], await VisitsAsync("custom_fields.cost < 1.506 AND custom_fields.cost > 1.5", ""));
        Assert.Equal(["1.505", "10.1"], (await VisitsAsync("custom_fields.cost > 0", "custom_fields.cost")).Select(id => id == dollars.Id ? "1.505" : "10.1"));
        Assert.Equal([dollars.Id], await VisitsAsync("custom_fields.cost = \"3.01 USD\"", ""));
        Assert.Equal(2, (await VisitsAsync("custom_fields.cost.amount > 10", "")).Count);

        await CorrectAsync("USD", "4");
        Assert.Equal("44.28", await CostAsync(press));
        Assert.Equal([dollars.Id], await VisitsAsync("custom_fields.cost > 12", ""));
        Assert.Equal(dollars.Id, (await VisitsAsync("custom_fields.cost > 0", "custom_fields.cost desc"))[0]);
        await CorrectAsync("GBP", "0.001");
        Assert.Equal("46.28", await CostAsync(press));
        Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = records.Rates.Reckon(_tenant, "USD") }));
        Assert.Equal("6.02", await CostAsync(press));
    }

    [Fact]
    public async Task After_random_edits_and_corrections_of_rates_a_full_count_gives_what_is_there_and_that_is_the_sum_by_the_rates_of_now()
    {
        var (total, random) = (Converted("total", "custom_fields.cost"), new Random(5));
        await DefineAsync(total);
        var machines = new List<Record> { await MachineAsync("Press"), await MachineAsync("Saw") };
        for (var turn = 0; turn < 3; turn++)
        {
            var others = new Random(turn);
            await EditAsync(others, machines);
            // Records that are there are changed by who corrects: who changes them meanwhile is told to repeat it. So others make new ones.
            await Task.WhenAll(TimesAsync(4, _ => CorrectAsync("USD", $"0.{random.Next(1, 999):000}")), TimesAsync(8, _ => BatchAsync(others, machines)));
        }

        await CorrectAsync("USD", "0.37");
        foreach (var machine in machines)
        {
            var visits = (await Client.ListRecordsAsync(new ListRecordsRequest { Object = "visits", Filter = $"custom_fields.machine = \"{machine.Id}\" AND custom_fields.cost:*", PageSize = 200 }, cancellationToken: Token)).Records;
            var expected = visits.Select(visit => visit.CustomFields.Fields["cost"].StructValue.Fields)
                .Sum(cost => Math.Round(decimal.Parse(cost["amount"].StringValue, CultureInfo.InvariantCulture) * (cost["currency"].StringValue == "EUR" ? 1 : 0.37m), 2, MidpointRounding.AwayFromZero));
            var told = (await GetAsync(machine)).CustomFields.Fields.GetValueOrDefault("total")?.StructValue.Fields["amount"].StringValue;
            Assert.Equal(visits.Count == 0 ? null : expected.ToString("0.00", CultureInfo.InvariantCulture), told);
        }

        var kept = await ValuesAsync();
        Assert.NotEmpty(kept);
        await records.Database.ExecuteAsync($"DELETE FROM roll_up_inputs WHERE tenant_id = '{_tenant}'; DELETE FROM roll_up_values WHERE tenant_id = '{_tenant}'");
        await records.Database.ExecuteAsync($"UPDATE custom_field_indexes SET state = 'Building', cursor = NULL, due_time = now() WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'");
        await WakeAsync();
        await CountedAsync(machines[0]);
        Assert.Equal(kept, await ValuesAsync());
    }

    [Fact]
    public async Task What_a_process_writes_that_does_not_know_the_roll_up_makes_it_pending_until_it_is_counted()
    {
        await DefineAsync(Hours);
        var press = await MachineAsync("Press");
        var visit = await VisitAsync(press, """{"hours":"2"}""");
        // As one does that has not heard of the roll-up yet.
        await records.Database.ExecuteAsync($"UPDATE records SET custom_fields = '{{\"machine\": \"{press.Id}\", \"hours\": \"5\"}}' WHERE id = '{visit.Id}'");
        var between = await GetAsync(press);
        Assert.True(between.CustomFields.Fields.ContainsKey("$pending") || Text(between, "hours") == "10", $"{between}");
        await WakeAsync();
        await CountedAsync(press);
        Assert.Equal("10", Text(await GetAsync(press), "hours"));
    }

    [Fact]
    public async Task After_random_edits_by_several_at_once_a_full_count_gives_what_is_there()
    {
        await DefineAsync(Visits, Hours, Cost, First, Last);
        var machines = new List<Record>();
        for (var i = 0; i < 4; i++)
            machines.Add(await MachineAsync($"Machine {i}"));
        await Task.WhenAll(Enumerable.Range(1, 3).Select(seed => EditAsync(new Random(seed), machines)));
        var kept = await ValuesAsync();
        Assert.NotEmpty(kept);
        foreach (var machine in machines)
            await IsRightAsync(await GetAsync(machine));
        await records.Database.ExecuteAsync($"DELETE FROM roll_up_inputs WHERE tenant_id = '{_tenant}'; DELETE FROM roll_up_values WHERE tenant_id = '{_tenant}'");
        await records.Database.ExecuteAsync($"UPDATE custom_field_indexes SET state = 'Building', cursor = NULL, due_time = now() WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'");
        await WakeAsync();
        await CountedAsync(machines[0]);
        Assert.Equal(kept, await ValuesAsync());
    }

    [Fact]
    public async Task Who_moves_a_record_and_who_writes_several_never_wait_in_a_circle()
    {
        await DefineAsync(Visits, Hours, Cost);
        Record[] machines = [await MachineAsync("Lathe"), await MachineAsync("Press")];
        var moved = await VisitAsync(machines[0], """{"hours":"1"}""");
        var several = new BatchCreateRecordsRequest { Object = "visits" };
        foreach (var machine in machines.Reverse().SelectMany(machine => Enumerable.Repeat(machine, 30)))
            several.Records.Add(new Record { Name = "Visit", CustomFields = Struct.Parser.ParseJson($$"""{"machine":"{{machine.Id}}","hours":"1"}""") });
        await Task.WhenAll(
            TimesAsync(50, turn => ChangeAsync(moved, $$"""{"machine":"{{machines[turn % 2].Id}}"}""")),
            TimesAsync(10, _ => Client.BatchCreateRecordsAsync(several, cancellationToken: Token).ResponseAsync),
            TimesAsync(10, _ => Client.BatchCreateRecordsAsync(several, cancellationToken: Token).ResponseAsync));
        Assert.Equal(1_201, Count(await GetAsync(machines[0])) + Count(await GetAsync(machines[1])));
        Assert.Equal(0, await records.Database.QueryAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    private static async Task TimesAsync(int count, Func<int, Task> act)
    {
        for (var turn = 0; turn < count; turn++)
            await act(turn);
    }

    private static Field On(string kind, string key, FieldType type) => new() { Resource = $"records.{kind}", Key = key, Label = key, Type = type };

    private static Field RollUp(string key, RollUpFunction function, string value, FieldType result, string filter = "") => new(On("machine", key, FieldType.RollUp))
    {
        RollUp = new RollUp { Resource = "records.visit", Relation = "custom_fields.machine", Function = function, Value = value, Filter = filter },
        ResultType = result,
    };

    private static Field Converted(string key, string value)
    {
        var field = RollUp(key, RollUpFunction.Sum, value, FieldType.Money);
        field.RollUp.InCompanyCurrency = true;
        return field;
    }

    private async Task CorrectAsync(string currency, string rate) =>
        Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = records.Rates.Set(_tenant, currency, "2020-01-01", rate) }));

    private async Task<string?> CostAsync(Record machine) => (await GetAsync(machine)).CustomFields.Fields.GetValueOrDefault("cost")?.StructValue?.Fields["amount"].StringValue;

    private async Task<List<string>> VisitsAsync(string filter, string order) =>
        [.. (await Client.ListRecordsAsync(new ListRecordsRequest { Object = "visits", Filter = filter, OrderBy = order }, cancellationToken: Token)).Records.Select(record => record.Id)];

    private static string? Text(Record record, string key) => record.CustomFields.Fields.GetValueOrDefault(key)?.StringValue;

    private static double Count(Record record) => record.CustomFields.Fields["visits"].NumberValue;

    private long Set(params Field[] fields) => records.Fields.SetObjects(_tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")],
    [
        new Field(On("visit", "machine", FieldType.Relation)) { RelatedResource = "records.machine" }, On("visit", "hours", FieldType.Decimal), On("visit", "cost", FieldType.Money), On("visit", "day", FieldType.Date),
        .. fields,
    ]);

    private async Task DeliverAsync(long version, params Field[] fields)
    {
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
    }

    // Counted before anybody writes, so that facts see what writes do.
    private async Task DefineAsync(params Field[] fields)
    {
        await DeliverAsync(Set(fields), fields);
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>(
            $"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp' AND state = 'Ready'") == fields.Count(field => field.Type == FieldType.RollUp));
    }

    // Who counts looks again when there is work of the same sort.
    private async Task WakeAsync()
    {
        var field = new Field(On("visit", "word", FieldType.Text)) { Searchable = true };
        await DeliverAsync(1, field);
    }

    private Task CountedAsync(Record machine) => Eventually.HoldsAsync(async () => !(await GetAsync(machine)).CustomFields.Fields.ContainsKey("$pending"));

    private async Task<Record> MachineAsync(string name) =>
        await Client.CreateRecordAsync(new CreateRecordRequest { Object = "machines", Record = new Record { Name = name } }, cancellationToken: Token);

    private async Task<Record> VisitAsync(Record machine, string json)
    {
        var fields = Struct.Parser.ParseJson(json);
        fields.Fields["machine"] = Value.ForString(machine.Id);
        return await Client.CreateRecordAsync(new CreateRecordRequest { Object = "visits", Record = new Record { Name = "Visit", CustomFields = fields } }, cancellationToken: Token);
    }

    private async Task<Record> ChangeAsync(Record visit, string json) =>
        await Client.UpdateRecordAsync(new UpdateRecordRequest { Object = "visits", Record = new Record { Id = visit.Id, CustomFields = Struct.Parser.ParseJson(json) } }, cancellationToken: Token);

    private async Task<Record> GetAsync(Record machine) => await Client.GetRecordAsync(new GetRecordRequest { Object = "machines", Id = machine.Id }, cancellationToken: Token);

    private async Task<List<string>> NamesAsync(string filter, string order) =>
        [.. (await Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = filter, OrderBy = order }, cancellationToken: Token)).Records.Select(record => record.Name)];

    private async Task<string> EventAsync(string id) => (await records.Database.QueryAsync<string>($"SELECT data::text FROM outbox_messages WHERE aggregate_id = '{id}' ORDER BY id DESC LIMIT 1"))!;

    private async Task<string> ValuesAsync() => await records.Database.QueryAsync<string>(
        $"SELECT coalesce(string_agg(concat_ws(' ', record_id, roll_up, contributions, trim_scale(total), unit, is_mixed, trim_scale(number), word, reason, sort_key), E'\\n' ORDER BY record_id, roll_up), '') FROM roll_up_values WHERE tenant_id = '{_tenant}'") ?? "";

    private async Task EditAsync(Random random, List<Record> machines)
    {
        var (visits, gone) = (new List<Record>(), new List<Record>());
        for (var step = 0; step < 40; step++)
        {
            var visit = visits.Count > 0 ? visits[random.Next(visits.Count)] : null;
            if (visit is null || random.Next(3) == 0)
                visits.AddRange(await BatchAsync(random, machines));
            else if (random.Next(4) > 0)
                await ChangeAsync(visit, FieldsOf(random, machines));
            else if (visits.Remove(visit))
                gone.Add(await Client.DeleteRecordAsync(new DeleteRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token));
            if (gone.Count > 0 && random.Next(4) == 0)
            {
                visits.Add(await Client.UndeleteRecordAsync(new UndeleteRecordRequest { Object = "visits", Id = gone[0].Id }, cancellationToken: Token));
                gone.RemoveAt(0);
            }
        }
    }

    private async Task<IEnumerable<Record>> BatchAsync(Random random, List<Record> machines) => (await Client.BatchCreateRecordsAsync(
        new BatchCreateRecordsRequest
        {
            Object = "visits",
            Records = { Enumerable.Range(0, 1 + random.Next(3)).Select(_ => new Record { Name = "Visit", CustomFields = Struct.Parser.ParseJson(FieldsOf(random, machines)) }) },
        },
        cancellationToken: Token)).Records;

    private static string FieldsOf(Random random, List<Record> machines)
    {
        var machine = random.Next(6) == 0 ? "null" : $"\"{machines[random.Next(machines.Count)].Id}\"";
        var cost = random.Next(4) == 0 ? "null" : $$"""{"amount":"{{random.Next(1000)}}.{{random.Next(10)}}0","currency":"{{(random.Next(8) == 0 ? "USD" : "EUR")}}"}""";
        return $$"""{"machine":{{machine}},"hours":{{(random.Next(5) == 0 ? "null" : $"\"{random.Next(-3, 9)}.5\"")}},"cost":{{cost}},"day":"2026-05-{{random.Next(10, 30)}}"}""";
    }

    // What anybody would count who reads all visits.
    private async Task IsRightAsync(Record machine)
    {
        var visits = new List<Record>();
        for (var token = "first"; token.Length > 0;)
        {
            var page = await Client.ListRecordsAsync(
                new ListRecordsRequest { Object = "visits", Filter = $"custom_fields.machine = \"{machine.Id}\"", PageSize = 200, PageToken = token == "first" ? "" : token }, cancellationToken: Token);
            visits.AddRange(page.Records);
            token = page.NextPageToken;
        }

        var hours = visits.Select(visit => Text(visit, "hours")).OfType<string>().Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(visits.Count, Count(machine));
        Assert.Equal(Written(hours.Where(hour => hour > 1).Select(hour => (decimal?)(hour * 2)).DefaultIfEmpty().Sum()), Text(machine, "hours") ?? (hours.Exists(hour => hour > 1) ? null : "0"));
        Assert.Equal(hours.Count == 0 ? null : Written(hours.Max()), Text(machine, "last"));
        Assert.Equal(visits.Select(visit => Text(visit, "day")).Min(StringComparer.Ordinal), Text(machine, "first"));
    }

    private static string Written(decimal? number) => (number ?? 0).ToString("0.##########", CultureInfo.InvariantCulture);
}
