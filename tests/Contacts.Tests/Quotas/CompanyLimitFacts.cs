using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Deal = Platform.Deals.V1.Deal;
using Lifecycle = Platform.Tenants.V1.TenantLifecycleService.TenantLifecycleServiceClient;

namespace Contacts.Tests.Quotas;

/// <summary>A limit of the whole company is one of all services together, though each looks at its own share only. Three services cost more than an ordinary run has.</summary>
[Trait("category", "long")]
public sealed class CompanyLimitFacts(LimitedServices services) : IClassFixture<LimitedServices>, IAsyncLifetime
{
    // Who was refused is refused for two seconds without asking: no need to look often.
    private static readonly TimeSpan Seldom = TimeSpan.FromMilliseconds(250);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Lifecycle Operator => new(services.Tenants.Grpc(TestTokens.ForService("tenants.provision", "tenants.admin"), ("x-tenant-id", $"{_tenant}")));

    public async ValueTask InitializeAsync() => await Operator.ProvisionTenantAsync(new ProvisionTenantRequest
    {
        Tenant = new Tenant { Slug = $"c{_tenant:N}", DisplayName = "Initech", LegalName = "Initech Inc.", Currency = "EUR" },
        Administrator = new Member { UserId = $"{Guid.CreateVersion7()}", Email = $"{_tenant:N}@initech.example", DisplayName = "Boss", Roles = { "administrator" } },
    }, cancellationToken: Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Two_services_and_their_replicas_have_exactly_as_much_together_whatever_answer_gets_lost()
    {
        await AddPersonAsync();
        await AddDealAsync();
        await LimitAsync(40);
        using var replica = services.Contacts.StartReplica();
        using var elsewhere = services.Contacts.Rest(TestTokens.ForPerson(_tenant, Guid.CreateVersion7(), "contacts.read", "contacts.write"), replica);
        services.LosesEach = 4;
        Func<Task>[] ways = [AddPersonAsync, AddDealAsync, async () => (await elsewhere.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = "Elsewhere" }, Token)).Dispose()];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => TriesAsync(ways[number % ways.Length])));
        Assert.InRange(await RowsAsync(), 3, 40);
        services.LosesEach = 0;
        // Nobody who lost an answer lost the room that it gave.
        await FillAsync(AddDealAsync);
        Assert.Equal(40, await RowsAsync());

        // The numbers are those of the company, once what a service was told a moment ago is over.
        await Eventually.HoldsAsync(
            async () => (await Assert.ThrowsAsync<RpcException>(AddPersonAsync)).Status.Detail.StartsWith("Your company may have 40 records in all and would have 41: delete some", StringComparison.Ordinal),
            Eventually.Promptly, Seldom);
        var usage = (await Operator.GetUsageAsync(new GetUsageRequest(), cancellationToken: Token)).Resources.ToDictionary(part => part.Resource);
        Assert.Equal((40, 40), (usage["rows"].Used, usage["rows"].Limit));
        Assert.Equal(40, usage["contacts"].Used + usage["deals"].Used);
        Assert.True(usage["contacts"].Used > 1 && usage["deals"].Used > 1, "Both had a part.");

        // What one service gives up, another one has.
        var people = await services.Contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 3 }, cancellationToken: Token);
        foreach (var person in people.People)
            await services.Contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = person.Id }, cancellationToken: Token);
        await Eventually.HoldsAsync(() => TriesAsync(AddDealAsync), Eventually.Promptly, Seldom);
        await FillAsync(AddDealAsync);
        Assert.Equal(40, await RowsAsync());
    }

    [Fact]
    public async Task A_limit_below_what_there_is_refuses_more_everywhere_and_loses_nothing()
    {
        await LimitAsync(1_000);
        foreach (var _ in Enumerable.Range(0, 30))
            await AddPersonAsync();
        await AddDealAsync();
        // A share is asked for when there is none, and lasts.
        Assert.Equal(2, services.Asked(_tenant));

        await LimitAsync(10);
        await Assert.ThrowsAsync<RpcException>(AddPersonAsync);
        await Assert.ThrowsAsync<RpcException>(AddDealAsync);
        var people = await services.Contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 2 }, cancellationToken: Token);
        foreach (var person in people.People)
            await services.Contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = person.Id }, cancellationToken: Token);
        await Assert.ThrowsAsync<RpcException>(AddPersonAsync);
        await Assert.ThrowsAsync<RpcException>(AddDealAsync);
        Assert.Equal(29, await RowsAsync());

        await LimitAsync(60);
        await Eventually.HoldsAsync(() => TriesAsync(AddDealAsync), Eventually.Promptly, Seldom);
        var asked = services.Asked(_tenant);
        await ImportAsync(rows: 50, made: 30);
        Assert.Equal(60, await RowsAsync());
        Assert.InRange(services.Asked(_tenant) - asked, 1, 8);

        await Operator.SetLimitsAsync(new SetLimitsRequest { Limits = new Limits() }, cancellationToken: Token);
        await Eventually.HoldsAsync(() => TriesAsync(AddPersonAsync), Eventually.Promptly, Seldom);
        Assert.Equal(0, await services.Contacts.Database.QueryAsync<long>($"SELECT count(*) FROM quotas WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task Nobody_grows_into_the_room_of_a_service_that_is_away_when_the_limit_is_set()
    {
        await AddDealAsync();
        await AddDealAsync();
        await AddPersonAsync();
        services.IsDealsAway = true;
        try
        {
            await SetAsync("rows", 5, "contacts");
            Assert.False(await TriesAsync(AddPersonAsync));
            // The limit gets there by itself, and it asks before it adds more: of the others enough is known for that.
            var told = new TenantLimitsChanged { Limits = new Limits { Resources = { ["rows"] = 5 } }, SetTime = TimeProvider.System.GetUtcNow().ToTimestamp() };
            Assert.Equal("SUCCESS", await services.Deals.DeliverAsync(_tenant, told));
            await AddDealAsync();
            await Eventually.HoldsAsync(async () => !await TriesAsync(AddPersonAsync) && services.Asked(_tenant) >= 3, Eventually.Promptly, Seldom);
            Assert.Equal(4, await RowsAsync());
        }
        finally
        {
            services.IsDealsAway = false;
        }

        await Eventually.HoldsAsync(() => TriesAsync(AddPersonAsync), Eventually.Promptly, Seldom);
        Assert.False(await TriesAsync(AddDealAsync));
        Assert.False(await TriesAsync(AddPersonAsync));
        Assert.Equal(5, await RowsAsync());
    }

    [Fact]
    public async Task Bytes_are_shared_out_too()
    {
        await AddPersonAsync();
        await SetAsync("storage", 100);
        await Eventually.HoldsAsync(async () => !await TriesAsync(AddPersonAsync, "STORAGE_LIMIT"), Eventually.Promptly, Seldom);
        await SetAsync("storage", 1_000_000);
        await Eventually.HoldsAsync(() => TriesAsync(AddPersonAsync, "STORAGE_LIMIT"), Eventually.Promptly, Seldom);
    }

    [Fact]
    public async Task Only_the_platform_itself_divides()
    {
        var person = TestTokens.ForPerson(_tenant, Guid.CreateVersion7(), "tenants.admin");
        var shares = new SharesService.SharesServiceClient(services.Tenants.Grpc(person));
        var usage = new UsageService.UsageServiceClient(services.Contacts.Grpc(person));
        var taking = await Assert.ThrowsAsync<RpcException>(() => shares.TakeShareAsync(new TakeShareRequest { Resource = "rows", Service = "contacts" }, cancellationToken: Token).ResponseAsync);
        var giving = await Assert.ThrowsAsync<RpcException>(() => usage.ReturnShareAsync(new ReturnShareRequest { Resource = "rows", Round = 1 }, cancellationToken: Token).ResponseAsync);
        Assert.Equal((StatusCode.PermissionDenied, StatusCode.PermissionDenied), (taking.StatusCode, giving.StatusCode));
    }

    private Task AddPersonAsync() => services.Contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Somebody" } }, cancellationToken: Token).ResponseAsync;

    private Task AddDealAsync() => services.Deals.Of(_tenant)
        .CreateDealAsync(new CreateDealRequest { Deal = new Deal { Name = "Printers", CompanyId = $"{Guid.CreateVersion7()}", Currency = "EUR" } }, cancellationToken: Token).ResponseAsync;

    // False where the company may have no more; an answer that is not to be had is no failure of the fact.
    private static async Task<bool> TriesAsync(Func<Task> add, string code = "ROW_LIMIT")
    {
        try
        {
            await add();
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable)
        {
            Assert.Contains($"{refused.ToProblem().Extensions["code"]}", (string[])[code, "LIMIT_UNAVAILABLE"]);
            return false;
        }
    }

    // Whoever has room is refused for a moment only.
    private Task FillAsync(Func<Task> add) => Eventually.HoldsAsync(async () =>
    {
        while (await TriesAsync(add))
            Token.ThrowIfCancellationRequested();
        return await RowsAsync() >= 40;
    }, Eventually.Promptly, Seldom);

    private async Task ImportAsync(int rows, int made)
    {
        var file = "first name,last name,email\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"Milton,Row {row},row{row}@initech.example\n"));
        using var rest = services.Contacts.Rest(_tenant);
        using var content = new StringContent(file, Encoding.UTF8, "text/csv");
        using var response = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), content, Token);
        var summary = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal($"{made} {rows - made}", $"{summary.GetProperty("peopleCreated").GetString()} {summary.GetProperty("rowsRejected").GetString()}");
        Assert.All(summary.GetProperty("errors").EnumerateArray(), error => Assert.Equal("ROW_LIMIT", error.GetProperty("code").GetString()));
    }

    private Task LimitAsync(long rows) => SetAsync("rows", rows);

    // Set, and known to both services, or to those that are not away.
    private async Task SetAsync(string resource, long most, string known = "contacts,deals")
    {
        await Operator.SetLimitsAsync(new SetLimitsRequest { Limits = new Limits { Resources = { [resource] = most } } }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await services.Tenants.Database.QueryAsync<long>(
            $"SELECT count(*) FROM limit_shares WHERE tenant_id = '{_tenant}' AND resource = '{resource}' AND service = ANY('{{{known}}}') AND due_time IS DISTINCT FROM set_time AND (due_time IS NULL OR due_time = set_time + interval '11 seconds')") == known.Split(',').Length);
    }

    private async Task<long> RowsAsync() =>
        await services.Contacts.Database.QueryAsync<long>($"SELECT count(*) FROM people WHERE tenant_id = '{_tenant}'") + await services.Deals.Database.QueryAsync<long>($"SELECT count(*) FROM deals WHERE tenant_id = '{_tenant}'");
}
