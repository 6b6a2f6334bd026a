using System.Globalization;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Field = Platform.CustomFields.V1.Field;

namespace Deals.Tests.Deals;

/// <summary>Roll-ups and formulas over what deals are worth in the company's currency: projects that are deals, and deals that are parts of them.</summary>
public sealed class ReportedRollUpFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly string[] Currencies = ["EUR", "USD", "GBP", "JPY"];
    private static readonly Field Project = new() { Resource = "deals.deal", Key = "project", Type = FieldType.Relation, Label = "Project", RelatedResource = "deals.deal" };
    private static readonly Field Worth = RollUp("worth", RollUpFunction.Sum, "reporting_amount");
    private static readonly Field Large = RollUp("large", RollUpFunction.Maximum, "reporting_amount", "amount > 60");
    private static readonly Field Share = new() { Resource = "deals.deal", Key = "share", Type = FieldType.Formula, Label = "Share", Formula = "reporting_amount / 2", ResultType = FieldType.Money };

    private readonly Guid _tenant = Guid.CreateVersion7();

    private DealsService.DealsServiceClient Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task What_is_made_of_amounts_is_converted_where_that_is_asked_for()
    {
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        var half = RollUp("half", RollUpFunction.Sum, "amount / 2");
        half.RollUp.InCompanyCurrency = true;
        await DefineAsync(half);
        var project = await Us.CreateAsync(Deal());
        await PartAsync(project, "EUR", "40");
        await PartAsync(project, "USD", "100.01");
        await PartAsync(project, "GBP", "7");
        // 50.005 USD is 50.01, of which half is 25.005.
        Assert.Equal("45.01", await ToldAsync(project, "half"));
        await CorrectAsync("USD", "0.7");
        Assert.Equal("55.01", await ToldAsync(project, "half"));
    }

    [Fact]
    public async Task Amounts_in_several_currencies_are_added_in_the_companys_and_follow_a_rate_that_is_corrected()
    {
        await DefineAsync(Worth, Large, Share);
        deals.Rates.Set(_tenant, "USD", "2026-01-01", "0.5");
        var project = await Us.CreateAsync(Deal());
        await PartAsync(project, "EUR", "40");
        var part = await PartAsync(project, "USD", "100.01");
        var pounds = await PartAsync(project, "GBP", "1000");
        Assert.Equal("50.01", part.ReportingAmount.Amount);
        Assert.Equal(("90.01", null), (await ToldAsync(project, "worth"), await ToldAsync(project, "large")));
        Assert.Equal("25.01", await ToldAsync(part, "share"));
        Assert.Equal([part.Id], await FindAsync("reporting_amount > 45 AND reporting_amount = \"50.005 EUR\" AND reporting_amount.currency = \"EUR\""));
        Assert.Equal([pounds.Id], await FindAsync("reporting_amount = null AND custom_fields.project:*"));

        await CorrectAsync("USD", "0.7");
        // The filter of the other one compares in the company's currency too.
        Assert.Equal(("110.01", "70.01"), (await ToldAsync(project, "worth"), await ToldAsync(project, "large")));
        Assert.Equal("35.01", await ToldAsync(part, "share"));
        await Us.WinDealAsync(new WinDealRequest { Id = part.Id }, cancellationToken: Token);
        await CorrectAsync("USD", "0.1");
        Assert.Equal("110.01", await ToldAsync(project, "worth"));
        Assert.Equal([project.Id], await FindAsync("custom_fields.worth = \"110.01 EUR\""));

        await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Reckon(_tenant, "USD") });
        // All but one have no rate in another currency.
        Assert.Equal("100.01", await ToldAsync(project, "worth"));
    }

    [Fact]
    public async Task After_random_edits_and_corrections_a_full_count_gives_what_is_there_and_that_is_the_sum_of_what_deals_tell() =>
        await Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[1, 999], Gen.Int[0, 1]).Array[4, 14].SampleAsync(async edits =>
        {
            var tenant = new ReportedRollUpFacts(deals);
            await tenant.DefineAsync(Worth);
            Deal[] projects = [await tenant.Us.CreateAsync(Deal()), await tenant.Us.CreateAsync(Deal())];
            List<Deal> parts = [];
            foreach (var (currency, kind, number, project) in edits)
                await tenant.EditAsync(projects[project], parts, Currencies[currency], kind, number);

            foreach (var project in projects)
            {
                var told = await tenant.ToldAsync(project, "worth");
                var expected = (await tenant.Us.ListDealsAsync(new ListDealsRequest { Filter = $"custom_fields.project = {project.Id}", PageSize = 200 }, cancellationToken: Token)).Deals
                    .Where(part => part.ReportingAmount is not null).Select(part => decimal.Parse(part.ReportingAmount.Amount, CultureInfo.InvariantCulture)).ToList();
                Assert.Equal(expected.Count == 0 ? null : expected.Sum().ToString("0.00", CultureInfo.InvariantCulture), told is null ? null : decimal.Parse(told, CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture));
            }

            var kept = await tenant.ValuesAsync();
            await tenant.CountAnewAsync();
            Assert.Equal(kept, await tenant.ValuesAsync());
        }, iter: 6, threads: 2);

    private static Field RollUp(string key, RollUpFunction function, string value, string filter = "") => new()
    {
        Resource = "deals.deal",
        Key = key,
        Type = FieldType.RollUp,
        Label = key,
        RollUp = new RollUp { Resource = "deals.deal", Relation = "custom_fields.project", Function = function, Value = value, Filter = filter },
        ResultType = FieldType.Money,
    };

    private async Task EditAsync(Deal project, List<Deal> parts, string currency, int kind, int number)
    {
        if (kind == 0 || parts.Count == 0)
            parts.Add(await PartAsync(project, currency, $"{number}.{number % 100:00}"));
        else if (kind == 1)
            await CorrectAsync(currency == "EUR" ? "USD" : currency, $"0.{number:000}");
        else if (kind == 2)
            await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = parts[number % parts.Count].Id, CustomFields = LedTo(project) }, UpdateMask = FieldMask.FromString("custom_fields") }, cancellationToken: Token);
        else if (kind == 3)
            await Us.LoseDealAsync(new LoseDealRequest { Id = Take(parts, number) }, cancellationToken: Token);
        else if (kind == 4)
            await Us.DeleteDealAsync(new DeleteDealRequest { Id = Take(parts, number) }, cancellationToken: Token);
        else
            await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Reckon(_tenant, currency) });
    }

    // What is closed or gone is edited no more.
    private static string Take(List<Deal> parts, int number)
    {
        var part = parts[number % parts.Count];
        parts.Remove(part);
        return part.Id;
    }

    private static Struct LedTo(Deal project) => new() { Fields = { ["project"] = Value.ForString(project.Id) } };

    private async Task<Deal> PartAsync(Deal project, string currency, string amount)
    {
        var part = Deal(Line("1", currency == "JPY" ? amount.Split('.')[0] : amount, currency: currency));
        (part.Currency, part.CloseDate, part.CustomFields) = (currency, "2026-06-01", LedTo(project));
        return await Us.CreateAsync(part);
    }

    private async Task CorrectAsync(string currency, string rate) =>
        Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = deals.Rates.Set(_tenant, currency, "2026-01-01", rate) }));

    private async Task<string?> ToldAsync(Deal deal, string key) =>
        (await Us.GetAsync(deal.Id)).CustomFields.Fields.GetValueOrDefault(key)?.StructValue?.Fields["amount"].StringValue;

    private async Task<IEnumerable<string>> FindAsync(string filter) =>
        (await Us.ListDealsAsync(new ListDealsRequest { Filter = filter }, cancellationToken: Token)).Deals.Select(deal => deal.Id);

    private Task<string> ValuesAsync() => deals.Database.QueryAsync<string>(
        $"SELECT coalesce(string_agg(concat_ws(' ', record_id, roll_up, contributions, trim_scale(total), trim_scale(number), word, reason), ';' ORDER BY record_id, roll_up), '') FROM roll_up_values WHERE tenant_id = '{_tenant}'");

    // Counted before anybody writes, so that facts see what writes do.
    private async Task DefineAsync(params Field[] fields)
    {
        var version = deals.Fields.Set(_tenant, [Project, .. fields]);
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await deals.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
        await CountedAsync();
    }

    private Task CountedAsync() => Eventually.HoldsAsync(async () => await deals.Database.QueryAsync<bool>(
        $"SELECT count(*) > 0 AND bool_and(state = 'Ready') FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'"));

    private async Task CountAnewAsync()
    {
        await deals.Database.ExecuteAsync($"""
            DELETE FROM roll_up_inputs WHERE tenant_id = '{_tenant}';
            DELETE FROM roll_up_values WHERE tenant_id = '{_tenant}';
            UPDATE custom_field_indexes SET state = 'Building', cursor = NULL, due_time = now() WHERE tenant_id = '{_tenant}' AND kind = 'RollUp';
            """);
        // Who counts looks again when there is work of the same sort.
        await deals.DeliverAsync(_tenant, new FieldsChanged { Version = 1, Field = new Field { Resource = "deals.deal", Key = "word", Type = FieldType.Text, Searchable = true } });
        await CountedAsync();
    }
}
