using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>Formulas that read roll-ups: what a visit of a machine costs, by its hours and the machine's rate.</summary>
public sealed class FormulaOverRollUpFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static readonly Field Visits = RollUp("visits", RollUpFunction.Count, "", FieldType.Number);
    private static readonly Field Hours = RollUp("hours", RollUpFunction.Sum, "custom_fields.hours", FieldType.Decimal);
    private static readonly Field Each = Formula("each", "custom_fields.hours * custom_fields.rate / custom_fields.visits", FieldType.Decimal);
    private static readonly Field Word = Formula("word", "if(custom_fields.each > 5, \"dear\", \"cheap\")", FieldType.Text);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecordsService.RecordsServiceClient Client => records.RecordsOf(_tenant);

    [Fact]
    public async Task A_formula_follows_the_roll_ups_and_the_fields_that_it_reads_and_never_tells_what_is_old()
    {
        await DefineAsync(Visits, Hours, Each, Word);
        var press = await MachineAsync("Press", "2");
        await TellsAsync(press, null, "cheap");
        var visit = await VisitAsync(press, "4");
        await TellsAsync(press, "8", "dear");
        await VisitAsync(press, "1");
        await TellsAsync(press, "5", "cheap");
        await ChangeAsync("machines", press, """{"rate":"4"}""");
        await TellsAsync(press, "10", "dear");
        await ChangeAsync("visits", visit, $$"""{"hours":"2","machine":"{{press.Id}}"}""");
        await TellsAsync(press, "6", "dear");
        await Client.DeleteRecordAsync(new DeleteRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token);
        await TellsAsync(press, "4", "cheap");

        // Sent back as it was read, and in no event.
        var told = await GetAsync(press);
        var renamed = await Client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record(told) { Name = "Big press" } }, cancellationToken: Token);
        Assert.Equal("Big press", renamed.Name);
        var happened = await records.Database.QueryAsync<string>($"SELECT string_agg(data::text, '') FROM outbox_messages WHERE aggregate_id = '{press.Id}'");
        Assert.DoesNotContain("each", happened, StringComparison.Ordinal);
        Assert.DoesNotContain("formula:", happened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_filtered_and_sorted_by_it()
    {
        await DefineAsync(Visits, Hours, Each, Word, Formula("busy", "custom_fields.visits > 1", FieldType.Boolean));
        var machines = new List<Record>();
        foreach (var (name, visits) in new[] { ("None", 0), ("Two", 2), ("One", 1), ("Three", 3) })
        {
            machines.Add(await MachineAsync(name, $"{visits}"));
            for (var i = 0; i < visits; i++)
                await VisitAsync(machines[^1], "2");
        }

        foreach (var machine in machines)
            await ComputedAsync(machine);
        Assert.Equal(["Two", "Three"], await NamesAsync("custom_fields.each > 2", "custom_fields.each"));
        Assert.Equal(["Three", "Two", "One"], await NamesAsync("custom_fields.each:*", "custom_fields.each desc"));
        Assert.Equal(["One", "Two", "Three", "None"], await NamesAsync("", "custom_fields.each"));
        Assert.Equal(["None"], await NamesAsync("custom_fields.each = null", ""));
        Assert.Equal(["Three"], await NamesAsync("custom_fields.word = \"dear\"", ""));
        Assert.Equal(["Three", "Two"], await NamesAsync("custom_fields.busy", "custom_fields.each desc"));
        Assert.Equal(["None", "One"], await NamesAsync("NOT custom_fields.busy", "custom_fields.visits"));
        // What is to be computed anew is neither one value nor none.
        await records.Database.ExecuteAsync($"UPDATE roll_up_values SET unit = 'of something else' WHERE tenant_id = '{_tenant}' AND roll_up LIKE 'formula:records.machine/each@%' AND record_id = '{machines[3].Id}'");
        Assert.Equal(["Two"], await NamesAsync("custom_fields.each > 2 OR custom_fields.each = null AND custom_fields.visits > 0", ""));
        Assert.Equal(["each"], (await GetAsync(machines[3])).CustomFields.Fields["$pending"].ListValue.Values.Select(key => key.StringValue));
        Assert.Equal(["One", "Two", "None", "Three"], await NamesAsync("", "custom_fields.each"));
    }

    [Fact]
    public async Task When_a_definition_changes_nothing_is_told_until_all_is_computed_anew()
    {
        await DefineAsync();
        var press = await MachineAsync("Press", "2");
        await VisitAsync(press, "3");
        await DeliverAsync(Set(Visits, Hours, Each), Visits, Hours, Each);
        await TellsAsync(press, "6");
        var twice = Formula("each", "custom_fields.hours * custom_fields.rate * 2", FieldType.Decimal);
        await DeliverAsync(Set(Visits, Hours, twice), twice);
        await TellsAsync(press, "12");
        var most = RollUp("hours", RollUpFunction.Maximum, "custom_fields.hours * 10", FieldType.Decimal);
        await DeliverAsync(Set(Visits, most, twice), most);
        await TellsAsync(press, "120");
        await DeliverAsync(Set(Visits, most), twice);
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>(
            $"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND field_key LIKE 'formula:%' AND (kind = 'Formula' OR state <> 'Dropping')") == 0);
    }

    [Fact]
    public async Task A_change_of_one_formula_leaves_what_other_roll_ups_counted()
    {
        Field Twice(int times) => new(On("visit", "twice", FieldType.Formula)) { Formula = $"custom_fields.hours * {times}", ResultType = FieldType.Decimal };
        await DefineAsync(Visits, Hours, Twice(2));
        var press = await MachineAsync("Press", "2");
        await VisitAsync(press, "3");
        await DeliverAsync(Set(Visits, Hours, Twice(3)), Twice(3));
        Assert.Equal(2, await records.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp' AND state = 'Ready'"));
        Assert.Equal("3", Text(await GetAsync(press), "hours"));
    }

    [Fact]
    public async Task After_random_edits_by_several_at_once_a_full_computation_gives_what_is_there()
    {
        await DefineAsync(Visits, Hours, Each, Word);
        var machines = new List<Record>();
        for (var i = 0; i < 4; i++)
            machines.Add(await MachineAsync($"Machine {i}", "1"));
        await Task.WhenAll(Enumerable.Range(1, 3).Select(seed => EditAsync(new Random(seed), machines)));
        foreach (var machine in machines)
            await ComputedAsync(machine);
        var kept = await ValuesAsync();
        foreach (var machine in machines)
            IsRight(await GetAsync(machine));
        await records.Database.ExecuteAsync($"DELETE FROM roll_up_inputs WHERE tenant_id = '{_tenant}'; DELETE FROM roll_up_values WHERE tenant_id = '{_tenant}'");
        await records.Database.ExecuteAsync($"UPDATE custom_field_indexes SET state = 'Building', cursor = NULL, due_time = now() WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'");
        await DeliverAsync(1, new Field(On("visit", "word", FieldType.Text)) { Searchable = true });
        foreach (var machine in machines)
            await ComputedAsync(machine);
        Assert.Equal(kept, await ValuesAsync());
    }

    private static Field On(string kind, string key, FieldType type) => new() { Resource = $"records.{kind}", Key = key, Label = key, Type = type };

    private static Field Formula(string key, string formula, FieldType result) => new(On("machine", key, FieldType.Formula)) { Formula = formula, ResultType = result };

    private static Field RollUp(string key, RollUpFunction function, string value, FieldType result) => new(On("machine", key, FieldType.RollUp))
    {
        RollUp = new RollUp { Resource = "records.visit", Relation = "custom_fields.machine", Function = function, Value = value },
        ResultType = result,
    };

    private static string? Text(Record record, string key) => record.CustomFields.Fields.GetValueOrDefault(key)?.StringValue;

    private static void IsRight(Record machine)
    {
        var visits = (decimal)machine.CustomFields.Fields["visits"].NumberValue;
        var (hours, rate) = (Number(machine, "hours"), Number(machine, "rate"));
        decimal? each = visits == 0 || hours is null || rate is null ? null : Math.Round(hours.Value * rate.Value / visits, 10, MidpointRounding.AwayFromZero);
        Assert.Equal(each, Number(machine, "each"));
        Assert.Equal(each > 5 ? "dear" : "cheap", Text(machine, "word"));
    }

    private static decimal? Number(Record record, string key) => Text(record, key) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    private long Set(params Field[] fields) => records.Fields.SetObjects(_tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")],
    [
        On("machine", "rate", FieldType.Decimal), new Field(On("visit", "machine", FieldType.Relation)) { RelatedResource = "records.machine" }, On("visit", "hours", FieldType.Decimal),
        .. fields,
    ]);

    private async Task DeliverAsync(long version, params Field[] fields)
    {
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
    }

    private async Task DefineAsync(params Field[] fields)
    {
        await DeliverAsync(Set(fields), fields);
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<bool>(
            $"SELECT coalesce(bool_and(state = 'Ready' AND due_time IS NULL), true) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'"));
    }

    // At every moment what is of now, or that it is still to be computed.
    private Task TellsAsync(Record machine, string? each, string? word = null) => Eventually.HoldsAsync(async () =>
    {
        var fields = (await GetAsync(machine)).CustomFields.Fields;
        if (fields.TryGetValue("$pending", out var pending))
        {
            Assert.All(pending.ListValue.Values, key => Assert.False(fields.ContainsKey(key.StringValue)));
            return false;
        }

        Assert.Equal((each, word), (fields.GetValueOrDefault("each")?.StringValue, fields.GetValueOrDefault("word")?.StringValue));
        return true;
    });

    private Task ComputedAsync(Record machine) => Eventually.HoldsAsync(async () => !(await GetAsync(machine)).CustomFields.Fields.ContainsKey("$pending"));

    private async Task<Record> MachineAsync(string name, string rate) => await Client.CreateRecordAsync(
        new CreateRecordRequest { Object = "machines", Record = new Record { Name = name, CustomFields = Struct.Parser.ParseJson($$"""{"rate":"{{rate}}"}""") } }, cancellationToken: Token);

    private async Task<Record> VisitAsync(Record machine, string hours) => await Client.CreateRecordAsync(
        new CreateRecordRequest { Object = "visits", Record = new Record { Name = "Visit", CustomFields = Struct.Parser.ParseJson($$"""{"machine":"{{machine.Id}}","hours":"{{hours}}"}""") } },
        cancellationToken: Token);

    private async Task<Record> ChangeAsync(string plural, Record record, string json) =>
        await Client.UpdateRecordAsync(new UpdateRecordRequest { Object = plural, Record = new Record { Id = record.Id, CustomFields = Struct.Parser.ParseJson(json) } }, cancellationToken: Token);

    private async Task<Record> GetAsync(Record machine) => await Client.GetRecordAsync(new GetRecordRequest { Object = "machines", Id = machine.Id }, cancellationToken: Token);

    private async Task<List<string>> NamesAsync(string filter, string order) =>
        [.. (await Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = filter, OrderBy = order }, cancellationToken: Token)).Records.Select(record => record.Name)];

    private async Task<string> ValuesAsync() => await records.Database.QueryAsync<string>(
        $"SELECT coalesce(string_agg(concat_ws(' ', record_id, roll_up, contributions, trim_scale(total), unit, is_mixed, trim_scale(number), word, reason, sort_key), E'\\n' ORDER BY record_id, roll_up), '') FROM roll_up_values WHERE tenant_id = '{_tenant}'") ?? "";

    // Each with visits of its own, which lead to machines of all, and their rates.
    private async Task EditAsync(Random random, List<Record> machines)
    {
        var visits = new List<Record>();
        for (var step = 0; step < 30; step++)
        {
            var machine = machines[random.Next(machines.Count)];
            if (visits.Count == 0 || random.Next(3) == 0)
                visits.Add(await VisitAsync(machine, $"{random.Next(-3, 9)}.5"));
            else if (random.Next(3) == 0)
                await WithRateAsync(machine, $"{random.Next(9)}");
            else if (random.Next(4) > 0)
                await ChangeAsync("visits", visits[random.Next(visits.Count)], $$"""{"hours":"{{random.Next(9)}}","machine":"{{machine.Id}}"}""");
            else
                await Client.DeleteRecordAsync(new DeleteRecordRequest { Object = "visits", Id = Take(visits, random).Id }, cancellationToken: Token);
        }
    }

    private static Record Take(List<Record> visits, Random random)
    {
        var taken = visits[random.Next(visits.Count)];
        visits.Remove(taken);
        return taken;
    }

    // Two who change one machine at the same moment are told so, and one of them tries again.
    private async Task WithRateAsync(Record machine, string rate)
    {
        for (var isDone = false; !isDone;)
        {
            try
            {
                await ChangeAsync("machines", machine, $$"""{"rate":"{{rate}}"}""");
                isDone = true;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
            {
            }
        }
    }
}
