using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class ExchangeRateFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rate_is_set_replaced_listed_and_deleted_over_REST()
    {
        var company = await tenants.CompanyAsync();
        using var rest = tenants.Rest(TestTokens.ForPerson(company.Tenant, company.AdministratorId));
        foreach (var (day, rate) in new[] { ("2026-01-01", "1.1"), ("2026-02-01", "1.25"), ("2026-02-01", "1.2") })
            Assert.Equal(HttpStatusCode.OK, (await rest.PutAsJsonAsync($"/api/v1/tenants/current/exchange-rates/EUR/{day}", new { rate }, Token)).StatusCode);
        Assert.Equal(["2026-02-01 1.2 USD", "2026-01-01 1.1 USD"], await ListAsync(rest));

        Assert.Equal(HttpStatusCode.OK, (await rest.DeleteAsync(new Uri("/api/v1/tenants/current/exchange-rates/EUR/2026-02-01", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rest.DeleteAsync(new Uri("/api/v1/tenants/current/exchange-rates/EUR/2026-02-01", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(["2026-01-01 1.1 USD"], await ListAsync(rest));
    }

    [Theory]
    [InlineData("EUX", "2026-01-01", "1.1", "rate.currency")]
    [InlineData("eur", "2026-01-01", "1.1", "rate.currency")]
    [InlineData("USD", "2026-01-01", "1.1", "rate.currency")]
    [InlineData("EUR", "2026-02-30", "1.1", "rate.validFrom")]
    [InlineData("EUR", "", "1.1", "rate.validFrom")]
    [InlineData("EUR", "2026-01-01", "0", "rate.rate")]
    [InlineData("EUR", "2026-01-01", "-1.1", "rate.rate")]
    [InlineData("EUR", "2026-01-01", "", "rate.rate")]
    [InlineData("EUR", "2026-01-01", "1,1", "rate.rate")]
    [InlineData("EUR", "2026-01-01", "0.00000000001", "rate.rate")]
    [InlineData("EUR", "2026-01-01", "123.45678901", "rate.rate")]
    public async Task A_wrong_rate_is_refused_with_its_field(string currency, string validFrom, string rate, string field)
    {
        var company = await tenants.CompanyAsync();
        var wrong = new ExchangeRate { Currency = currency, ValidFrom = validFrom, Rate = rate };
        var refused = await Assert.ThrowsAsync<RpcException>(() => Rates(company).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = wrong }, cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains($"{field}:", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0000571234")]
    [InlineData("1234567890")]
    [InlineData("1.500000000")]
    public async Task Small_and_large_rates_keep_every_digit(string rate)
    {
        var company = await tenants.CompanyAsync();
        var set = await Rates(company).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("IDR", "2026-01-01", rate) }, cancellationToken: Token);
        Assert.Equal(decimal.Parse(rate, CultureInfo.InvariantCulture), decimal.Parse(set.Rate, CultureInfo.InvariantCulture));
        Assert.Equal(set, Assert.Single((await Rates(company).ListExchangeRatesAsync(new ListExchangeRatesRequest(), cancellationToken: Token)).Rates));
    }

    [Fact]
    public async Task Many_are_set_at_once_all_or_none()
    {
        var company = await tenants.CompanyAsync();
        var rates = Rates(company);
        var many = new SetExchangeRatesRequest { Rates = { Enumerable.Range(0, 300).Select(day => RateOf(day % 2 == 0 ? "EUR" : "GBP", new DateOnly(2025, 1, 1).AddDays(day), "1.1")) } };
        Assert.Equal(300, (await rates.SetExchangeRatesAsync(many, cancellationToken: Token)).Rates.Count);

        foreach (var wrong in new[] { RateOf("USD", "2026-01-01", "1"), RateOf("EUR", "2026-01-01", "0"), RateOf("GBP", "2026-05-05", "1.3") })
        {
            var mixed = new SetExchangeRatesRequest { Rates = { RateOf("GBP", "2026-05-05", "1.3"), wrong } };
            await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", rates.SetExchangeRatesAsync(mixed, cancellationToken: Token));
        }

        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", rates.SetExchangeRatesAsync(new SetExchangeRatesRequest(), cancellationToken: Token));
        var found = await rates.ListExchangeRatesAsync(new ListExchangeRatesRequest { Filter = "currency = GBP", OrderBy = "valid_from desc", PageSize = 200 }, cancellationToken: Token);
        Assert.Equal(150, found.Rates.Count);
        Assert.Equal("2025-10-27", found.Rates[0].ValidFrom);
    }

    [Fact]
    public async Task Copies_are_told_what_changed_since_and_hear_of_deletions_and_of_another_currency()
    {
        var company = await tenants.CompanyAsync();
        var rates = Rates(company);
        await rates.SetExchangeRatesAsync(new SetExchangeRatesRequest { Rates = { RateOf("EUR", "2026-01-01", "1.1"), RateOf("GBP", "2026-01-01", "1.3") } }, cancellationToken: Token);
        var first = await ChangesAsync(company, 0);
        Assert.Equal(("USD", 2, false), (first.CompanyCurrency, first.Rates.Count, first.More));
        Assert.Equal(1, await tenants.EventsAsync("ExchangeRatesChanged", company.Tenant));

        await rates.DeleteExchangeRateAsync(new DeleteExchangeRateRequest { Currency = "GBP", ValidFrom = "2026-01-01" }, cancellationToken: Token);
        var second = await ChangesAsync(company, first.Version);
        Assert.True(second.Version > first.Version);
        Assert.Equal(("GBP", ""), (Assert.Single(second.Rates).Currency, second.Rates[0].Rate));
        Assert.Empty((await ChangesAsync(company, second.Version)).Rates);

        await company.Administrator.UpdateTenantAsync(new UpdateTenantRequest { Tenant = new Tenant { Currency = "CHF" }, UpdateMask = new() { Paths = { "currency" } } }, cancellationToken: Token);
        var third = await ChangesAsync(company, second.Version);
        Assert.True(third.Version > second.Version);
        Assert.Equal("CHF", third.CompanyCurrency);
        Assert.Equal(3, await tenants.EventsAsync("ExchangeRatesChanged", company.Tenant));
    }

    [Fact]
    public async Task Changes_at_the_same_moment_have_numbers_of_their_own()
    {
        var company = await tenants.CompanyAsync();
        var rates = Rates(company);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number =>
            rates.SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("EUR", "2026-01-01", $"1.{number}") }, cancellationToken: Token).ResponseAsync));
        var changes = await ChangesAsync(company, 0);
        Assert.Equal(8, changes.Version);
        Assert.Single(changes.Rates);
    }

    [Fact]
    public async Task Who_lacks_the_permission_reads_and_does_not_set()
    {
        var company = await tenants.CompanyAsync();
        var (seller, accountant) = (await company.AddAsync("sales"), await company.AddAsync("finance"));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", Rates(company.Tenant, seller).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("EUR", "2026-01-01", "1.1") }, cancellationToken: Token));
        await Rates(company.Tenant, accountant).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("EUR", "2026-01-01", "1.1") }, cancellationToken: Token);
        Assert.Single((await Rates(company.Tenant, seller).ListExchangeRatesAsync(new ListExchangeRatesRequest(), cancellationToken: Token)).Rates);
        Assert.Single((await Rates(company.Tenant, seller).ListExchangeRateChangesAsync(new ListExchangeRateChangesRequest(), cancellationToken: Token)).Rates);
    }

    [Fact]
    public async Task Another_company_sees_no_rate()
    {
        var (ours, theirs) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        await Rates(theirs).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("EUR", "2026-01-01", "1.1") }, cancellationToken: Token);
        Assert.Empty((await Rates(ours).ListExchangeRatesAsync(new ListExchangeRatesRequest(), cancellationToken: Token)).Rates);
        Assert.Empty((await ChangesAsync(ours, 0)).Rates);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", Rates(ours).DeleteExchangeRateAsync(new DeleteExchangeRateRequest { Currency = "EUR", ValidFrom = "2026-01-01" }, cancellationToken: Token));
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log()
    {
        var company = await tenants.CompanyAsync();
        await Rates(company).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("EUR", "2026-01-01", "1.1") }, cancellationToken: Token);
        await Rates(company).SetExchangeRateAsync(new SetExchangeRateRequest { Rate = RateOf("EUR", "2026-01-01", "1.2") }, cancellationToken: Token);
        var entries = $"FROM audit_entries WHERE tenant_id = '{company.Tenant}' AND resource = 'tenants.exchange_rate' AND actor = '{company.AdministratorId}'";
        Assert.Equal(2, await tenants.Database.QueryAsync<long>($"SELECT count(*) {entries}"));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(HttpClient rest)
    {
        var answer = await rest.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/tenants/current/exchange-rates?orderBy=valid_from%20desc", UriKind.Relative), Token);
        return [.. answer.GetProperty("rates").EnumerateArray().Select(rate => $"{rate.GetProperty("validFrom")} {rate.GetProperty("rate")} {rate.GetProperty("companyCurrency")}")];
    }

    private async Task<ListExchangeRateChangesResponse> ChangesAsync(Company company, long after) =>
        await Rates(company).ListExchangeRateChangesAsync(new ListExchangeRateChangesRequest { AfterVersion = after }, cancellationToken: Token);

    private ExchangeRatesService.ExchangeRatesServiceClient Rates(Company company) => Rates(company.Tenant, company.AdministratorId);

    private ExchangeRatesService.ExchangeRatesServiceClient Rates(Guid tenant, Guid user) => new(tenants.Grpc(TestTokens.ForPerson(tenant, user)));

    private static ExchangeRate RateOf(string currency, DateOnly validFrom, string rate) => RateOf(currency, validFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rate);

    private static ExchangeRate RateOf(string currency, string validFrom, string rate) => new() { Currency = currency, ValidFrom = validFrom, Rate = rate };
}
