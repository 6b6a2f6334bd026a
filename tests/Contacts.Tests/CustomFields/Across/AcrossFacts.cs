using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using Company = Platform.Contacts.V1.Company;
using Deal = Platform.Deals.V1.Deal;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.CustomFields.Across;

/// <summary>Roll-ups across services: companies that count their deals.</summary>
public sealed class AcrossFacts(TwoServices services) : IClassFixture<TwoServices>
{
    private static readonly Field Open = RollUp("open", RollUpFunction.Count, "", FieldType.Number, "status = DEAL_STATUS_OPEN");
    private static readonly Field Won = RollUp("won", RollUpFunction.Sum, "amount", FieldType.Money, "status = DEAL_STATUS_WON");

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DealsService.DealsServiceClient Deals => services.Deals.Of(_tenant);

    [Fact]
    public async Task Deals_from_before_and_since_are_counted_by_their_company_as_of_the_time_that_it_says()
    {
        var (acme, other) = (await CompanyAsync("Acme"), await CompanyAsync("Other"));
        var deal = await DealAsync(acme, 100);
        await WinAsync(await DealAsync(acme, 30));
        await WinAsync(await DealAsync(acme, 12));
        await services.DefineAsync(_tenant, [Open, Won], Open, Won);
        var pending = await GetAsync(acme);
        Assert.Equal(["open", "won"], pending.CustomFields.Fields["$pending"].ListValue.Values.Select(value => value.StringValue).Order());
        Assert.False(pending.CustomFields.Fields.ContainsKey("open"));
        Assert.Empty(await NamesAsync("custom_fields.open >= 0"));
        await HandOverAsync();
        Assert.Equal((1d, "42.00"), Told(await GetAsync(acme)));
        Assert.Equal((0d, null), Told(await GetAsync(other)));

        var before = TimeProvider.System.GetUtcNow();
        await Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, CompanyId = other.Id } }, cancellationToken: Token);
        var old = await GetAsync(acme);
        Assert.Equal((1d, "42.00"), Told(old));
        Assert.True(AsOf(old) < before, "What is told is not of now, and says so.");
        await HandOverAsync();
        Assert.Equal((0d, "42.00"), Told(await GetAsync(acme)));
        Assert.Equal((1d, null), Told(await GetAsync(other)));
        Assert.True(AsOf(await GetAsync(acme)) >= before);
        Assert.Equal(acme.Etag, (await GetAsync(acme)).Etag);

        Assert.Equal(["Other"], await NamesAsync("custom_fields.open > 0"));
        Assert.Equal(["Acme"], await NamesAsync("custom_fields.won >= \"42 EUR\""));
        Assert.Equal(["Other", "Acme"], await NamesAsync("", "custom_fields.open desc"));
        await Deals.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id }, cancellationToken: Token);
        await HandOverAsync();
        Assert.Equal((0d, null), Told(await GetAsync(other)));
    }

    [Fact]
    public async Task However_messages_come_values_are_those_of_one_moment_and_at_last_what_a_full_count_gives()
    {
        var companies = new[] { await CompanyAsync("A"), await CompanyAsync("B"), await CompanyAsync("C") };
        await services.DefineAsync(_tenant, [Open, Won], Open, Won);
        await Task.WhenAll(Enumerable.Range(1, 2).Select(seed => EditAsync(new Random(seed), companies)));
        var random = new Random(7);
        foreach (var key in (string[])["open", "won"])
        {
            var told = await services.ToldAsync(_tenant, key);
            Assert.Equal(Enumerable.Range(1, told.Count).Select(number => (long)number), told.Select(message => message.Number));
            var order = Enumerable.Range(0, told.Count).Concat(Enumerable.Range(0, told.Count / 2)).ToArray();
            random.Shuffle(order);
            var arrived = new HashSet<int>();
            foreach (var turn in order)
            {
                await services.DeliverAsync(_tenant, [told[turn]]);
                arrived.Add(turn);
                var whole = Enumerable.Range(0, told.Count).TakeWhile(arrived.Contains).Count();
                if (key == "open")
                    Assert.Equal(CountOf(told.Take(whole), companies[0]), (await GetAsync(companies[0])).CustomFields.Fields.GetValueOrDefault("open")?.NumberValue);
            }
        }

        foreach (var company in companies)
            await IsRightAsync(await GetAsync(company));
        var kept = await ValuesAsync();
        foreach (var last in (await Task.WhenAll(services.ToldAsync(_tenant, "open"), services.ToldAsync(_tenant, "won"))).Select(told => told[^1]))
            await services.Deals.DeliverAsync(_tenant, new RollUpCountWanted { RollUp = last.RollUp, Resource = last.Resource, Run = last.Run, Number = last.Number - 1 });
        await HandOverAsync();
        Assert.Equal(kept, await ValuesAsync());
    }

    [Fact]
    public async Task What_gets_lost_on_the_way_is_asked_for()
    {
        var company = await CompanyAsync("Acme");
        await services.DefineAsync(_tenant, [Open], Open);
        await services.DeliverAsync(_tenant, await services.ToldAsync(_tenant, "open"));
        await DealAsync(company, 1);
        var lost = await services.ToldAsync(_tenant, "open");
        await DealAsync(company, 2);
        await services.DeliverAsync(_tenant, (await services.ToldAsync(_tenant, "open")).Skip(lost.Count));
        Assert.Equal(0, (await GetAsync(company)).CustomFields.Fields["open"].NumberValue);
        await services.Contacts.Database.ExecuteAsync($"UPDATE custom_field_indexes SET due_time = now() WHERE tenant_id = '{_tenant}' AND due_time IS NOT NULL");
        await services.Contacts.DeliverAsync(_tenant, new FieldsChanged { Version = 1, Field = new Field { Resource = "contacts.company", Key = "word", Type = FieldType.Text, Searchable = true } });
        await Eventually.HoldsAsync(async () => (await services.WantedAsync(_tenant)).Count > 0, TwoServices.Patience);
        var wanted = (await services.WantedAsync(_tenant))[0];
        Assert.Equal((lost[^1].Run, lost[^1].Number - 1), (wanted.Run, wanted.Number));
        var again = Guid.CreateVersion7();
        Assert.Equal("SUCCESS", await services.Deals.DeliverAsync(_tenant, wanted, again));
        Assert.Equal("SUCCESS", await services.Deals.DeliverAsync(_tenant, wanted, again));
        var told = await services.ToldAsync(_tenant, "open");
        Assert.Equal(2, told.Select(message => message.Run).Distinct().Count());
        await services.DeliverAsync(_tenant, told.AsEnumerable().Reverse());
        Assert.Equal(2, (await GetAsync(company)).CustomFields.Fields["open"].NumberValue);
    }

    [Fact]
    public async Task A_roll_up_that_means_something_else_is_pending_until_that_is_counted_and_one_that_is_gone_leaves_nothing()
    {
        var company = await CompanyAsync("Acme");
        await DealAsync(company, 20);
        await services.DefineAsync(_tenant, [Open], Open);
        await HandOverAsync("open");
        var late = await services.ToldAsync(_tenant, "open");
        var large = new Field(Open) { RollUp = new RollUp(Open.RollUp) { Filter = "amount > 50" } };
        await services.DefineAsync(_tenant, [large], large);
        Assert.False((await GetAsync(company)).CustomFields.Fields.ContainsKey("open"));
        await services.DeliverAsync(_tenant, late);
        Assert.False((await GetAsync(company)).CustomFields.Fields.ContainsKey("open"));
        await HandOverAsync("open");
        Assert.Equal(0, (await GetAsync(company)).CustomFields.Fields["open"].NumberValue);
        await DealAsync(company, 60);
        await HandOverAsync("open");
        Assert.Equal(1, (await GetAsync(company)).CustomFields.Fields["open"].NumberValue);

        await services.DefineAsync(_tenant, [], large);
        foreach (var database in (TestDatabase[])[services.Contacts.Database, services.Deals.Database])
            await database.ExecuteAsync($"UPDATE custom_field_indexes SET due_time = now() WHERE tenant_id = '{_tenant}'");
        var word = new Field { Resource = "contacts.company", Key = "word", Type = FieldType.Text, Searchable = true };
        await services.Contacts.DeliverAsync(_tenant, new FieldsChanged { Version = 1, Field = word });
        await services.Deals.DeliverAsync(_tenant, new FieldsChanged { Version = 1, Field = new Field(word) { Resource = "deals.deal" } });
        foreach (var database in (TestDatabase[])[services.Contacts.Database, services.Deals.Database])
        {
            await Eventually.HoldsAsync(async () => await database.QueryAsync<long>(
                $"SELECT (SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp') + (SELECT count(*) FROM roll_up_inputs WHERE tenant_id = '{_tenant}') + (SELECT count(*) FROM roll_up_values WHERE tenant_id = '{_tenant}')") == 0, TwoServices.Patience);
        }
    }

    [Fact]
    public async Task Who_may_not_read_deals_is_not_told_what_they_add_up_to()
    {
        var company = await CompanyAsync("Acme");
        await DealAsync(company, 5);
        await services.DefineAsync(_tenant, [Open], Open);
        await HandOverAsync("open");
        var contacts = new CompaniesService.CompaniesServiceClient(services.Contacts.GrpcFor(_tenant, "contacts.read"));
        var told = (await contacts.GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token)).CustomFields;
        Assert.True(told is null || told.Fields.Count == 0, $"{told}");
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await contacts.ListCompaniesAsync(new ListCompaniesRequest { Filter = "custom_fields.open > 0" }, cancellationToken: Token));
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await contacts.ListCompaniesAsync(new ListCompaniesRequest { OrderBy = "custom_fields.open" }, cancellationToken: Token));
        Assert.Equal(1, (await GetAsync(company)).CustomFields.Fields["open"].NumberValue);
    }

    private static Field RollUp(string key, RollUpFunction function, string value, FieldType result, string filter) => new()
    {
        Resource = "contacts.company",
        Key = key,
        Type = FieldType.RollUp,
        Label = key,
        ResultType = result,
        RollUp = new RollUp { Resource = "deals.deal", Relation = "company_id", Function = function, Value = value, Filter = filter },
    };

    private static (double, string?) Told(Company company) =>
        (company.CustomFields.Fields["open"].NumberValue, company.CustomFields.Fields.GetValueOrDefault("won")?.StructValue.Fields["amount"].StringValue);

    private static DateTimeOffset AsOf(Company company) =>
        DateTimeOffset.Parse(company.CustomFields.Fields["$asOf"].StructValue.Fields["open"].StringValue, CultureInfo.InvariantCulture);

    // What the messages say of the company, once they say that all is counted.
    private static double? CountOf(IEnumerable<RollUpInputsTold> messages, Company company)
    {
        var (given, isCounted) = (new Dictionary<string, string>(StringComparer.Ordinal), false);
        foreach (var message in messages)
        {
            isCounted |= message.Counted;
            foreach (var record in message.Given)
                given[record.RecordId] = record.ParentId;
        }

        return isCounted ? given.Values.Count(parent => parent == company.Id) : null;
    }

    private async Task HandOverAsync(params string[] keys)
    {
        foreach (var key in keys.Length > 0 ? keys : ["open", "won"])
            await services.DeliverAsync(_tenant, await services.ToldAsync(_tenant, key));
    }

    private async Task<Company> CompanyAsync(string name) =>
        await services.Contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = name } }, cancellationToken: Token);

    private CompaniesService.CompaniesServiceClient Reader => new(services.Contacts.GrpcFor(_tenant, "contacts.read", "deals.read"));

    private async Task<Company> GetAsync(Company company) => await Reader.GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token);

    private async Task<List<string>> NamesAsync(string filter, string order = "") =>
        [.. (await Reader.ListCompaniesAsync(new ListCompaniesRequest { Filter = filter, OrderBy = order }, cancellationToken: Token)).Companies.Select(company => company.Name)];

    private async Task<Deal> DealAsync(Company company, int amount) => await Deals.CreateDealAsync(
        new CreateDealRequest { Deal = new Deal { Name = "Deal", CompanyId = company.Id, Currency = "EUR", LineItems = { Line(amount) } } }, cancellationToken: Token);

    private static LineItem Line(int amount) => new() { Description = "Work", Quantity = "1", UnitPrice = new Money { Amount = $"{amount}", Currency = "EUR" }, TaxRate = "19" };

    private async Task WinAsync(Deal deal) => await Deals.WinDealAsync(new WinDealRequest { Id = deal.Id }, cancellationToken: Token);

    private async Task EditAsync(Random random, Company[] companies)
    {
        var deals = new List<Deal>();
        for (var step = 0; step < 15; step++)
        {
            var deal = deals.Count > 0 ? deals[random.Next(deals.Count)] : null;
            if (deal is null || random.Next(3) == 0)
            {
                deals.Add(await DealAsync(companies[random.Next(companies.Length)], random.Next(1, 1000)));
                continue;
            }

            if (random.Next(2) == 0)
            {
                await Deals.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, CompanyId = companies[random.Next(companies.Length)].Id, LineItems = { Line(random.Next(1, 1000)) } } }, cancellationToken: Token);
                continue;
            }

            // Neither is changed any more.
            deals.Remove(deal);
            if (random.Next(3) == 0)
                await Deals.DeleteDealAsync(new DeleteDealRequest { Id = deal.Id }, cancellationToken: Token);
            else
                await WinAsync(deal);
        }
    }

    private async Task IsRightAsync(Company company)
    {
        var deals = (await Deals.ListDealsAsync(new ListDealsRequest { Filter = $"company_id = \"{company.Id}\"", PageSize = 200 }, cancellationToken: Token)).Deals;
        var won = deals.Where(deal => deal.Status == DealStatus.Won).Select(deal => decimal.Parse(deal.Amount.Amount, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((deals.Count(deal => deal.Status == DealStatus.Open), won.Count == 0 ? null : won.Sum().ToString("0.00", CultureInfo.InvariantCulture)), Told(company));
    }

    private async Task<string> ValuesAsync() => await services.Contacts.Database.QueryAsync<string>(
        $"SELECT coalesce(string_agg(concat_ws(' ', record_id, roll_up, contributions, trim_scale(total), unit, is_mixed, trim_scale(number), word, reason, sort_key), E'\\n' ORDER BY record_id, roll_up), '') FROM roll_up_values WHERE tenant_id = '{_tenant}'") ?? "";
}
