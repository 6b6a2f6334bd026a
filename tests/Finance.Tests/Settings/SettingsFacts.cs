using System.Net.Http.Json;
using Grpc.Core;
using Platform.Finance.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;
using Client = Platform.Finance.V1.FinanceSettingsService.FinanceSettingsServiceClient;

namespace Finance.Tests.Settings;

public sealed class SettingsFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    [Theory]
    [InlineData("DE", "Europe/Berlin")]
    [InlineData("GB", "Europe/London")]
    [InlineData("US", "UTC")]
    public async Task A_new_tenant_has_settings_from_what_is_known_of_it(string country, string zone)
    {
        var tenant = Guid.CreateVersion7();
        var company = new Tenant(FinanceFixture.Company) { Currency = "GBP" };
        company.Address.Country = country;
        Assert.Equal("SUCCESS", await finance.DeliverAsync(tenant, new TenantCreated { Tenant = company }));
        var settings = await GetAsync(finance.SettingsOf(tenant));
        Assert.Equal((company.LegalName, company.TaxNumber, company.Address), (settings.LegalEntity.Name, settings.LegalEntity.TaxNumber, settings.LegalEntity.Address));
        Assert.Equal(("GBP", "INV", "CN", 14, TaxRounding.PerDocument, zone),
            (settings.Currency, settings.InvoicePrefix, settings.CreditNotePrefix, settings.PaymentDays, settings.TaxRounding, settings.TimeZone));
    }

    [Fact]
    public async Task Without_the_event_there_are_defaults_which_it_completes_later()
    {
        var tenant = Guid.CreateVersion7();
        var defaults = await GetAsync(finance.SettingsOf(tenant));
        Assert.Equal(("", "EUR", "INV", "UTC"), (defaults.LegalEntity.Name, defaults.Currency, defaults.InvoicePrefix, defaults.TimeZone));
        await finance.AddTenantAsync(tenant);
        Assert.Equal(FinanceFixture.Company.LegalName, (await GetAsync(finance.SettingsOf(tenant))).LegalEntity.Name);
    }

    [Fact]
    public async Task A_company_whose_event_was_missed_is_asked_for_when_it_invoices()
    {
        var invoices = finance.InvoicesOf(TenantsStandIn.Known);
        var drafts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => invoices.CreateAsync(Invoice(Line()))));
        var issued = await Task.WhenAll(drafts.Select(draft => invoices.IssueAsync(draft.Id)));
        Assert.Equal(4, issued.Select(invoice => invoice.Number).Distinct().Count());
        Assert.All(issued, invoice => Assert.Equal(FinanceFixture.Company.LegalName, invoice.Seller.Name));
        Assert.Equal("Europe/Berlin", (await GetAsync(finance.SettingsOf(TenantsStandIn.Known))).TimeZone);
    }

    [Fact]
    public async Task While_nobody_can_be_asked_an_invoice_waits()
    {
        var invoices = finance.InvoicesOf(TenantsStandIn.Unreachable);
        var draft = await invoices.CreateAsync(Invoice(Line()));
        await RefusedAsync(StatusCode.Unavailable, "TENANTS_UNAVAILABLE", () => invoices.IssueAsync(draft.Id));
        Assert.Equal("", (await invoices.GetAsync(draft.Id)).Number);
    }

    [Fact]
    public async Task What_a_person_entered_outlives_a_late_event()
    {
        var tenant = Guid.CreateVersion7();
        var entered = await UpdateAsync(finance.SettingsOf(tenant), Entered(await GetAsync(finance.SettingsOf(tenant))));
        await finance.AddTenantAsync(tenant);
        var settings = await GetAsync(finance.SettingsOf(tenant));
        Assert.Equal(entered, settings);
    }

    [Fact]
    public async Task An_event_that_comes_twice_counts_once()
    {
        var (tenant, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var message = new TenantCreated { Tenant = FinanceFixture.Company };
        Assert.Equal("SUCCESS", await finance.DeliverAsync(tenant, message, id));
        var etag = (await GetAsync(finance.SettingsOf(tenant))).Etag;
        Assert.Equal("SUCCESS", await finance.DeliverAsync(tenant, message, id));
        Assert.Equal(etag, (await GetAsync(finance.SettingsOf(tenant))).Etag);
    }

    [Fact]
    public async Task Changed_settings_count_from_the_next_document_on()
    {
        var tenant = await finance.AddTenantAsync();
        var before = await finance.InvoicesOf(tenant).CreateAsync(Invoice(Line()));
        var changed = Entered(await GetAsync(finance.SettingsOf(tenant)));
        await UpdateAsync(finance.SettingsOf(tenant), changed);
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => UpdateAsync(finance.SettingsOf(tenant), changed));

        var issued = await finance.InvoicesOf(tenant).IssueNewAsync();
        Assert.Equal(("RE-2026-000001", "Neue Firma AG", TaxRounding.PerLine), (issued.Number, issued.Seller.Name, issued.TaxRounding));
        Assert.Equal(TaxRounding.PerDocument, (await finance.InvoicesOf(tenant).IssueAsync(before.Id)).TaxRounding);
        Assert.Equal("Acme Handels GmbH", (await GetAsync(finance.SettingsOf(TestTenants.Acme))).LegalEntity.Name);
    }

    public static TheoryData<string, Action<FinanceSettings>> Wrong => new()
    {
        { "settings.legalEntity", settings => settings.LegalEntity = null },
        { "settings.legalEntity.name", settings => settings.LegalEntity.Name = "" },
        { "settings.legalEntity.address.country", settings => settings.LegalEntity.Address.Country = "Germany" },
        { "settings.currency", settings => settings.Currency = "eur" },
        { "settings.invoicePrefix", settings => settings.InvoicePrefix = "inv " },
        { "settings.creditNotePrefix", settings => settings.CreditNotePrefix = settings.InvoicePrefix },
        { "settings.paymentDays", settings => settings.PaymentDays = 366 },
        { "settings.timeZone", settings => settings.TimeZone = "Berlin" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named(string field, Action<FinanceSettings> spoil)
    {
        var settings = await GetAsync(finance.SettingsOf(TestTenants.Acme));
        spoil(settings);
        await RefusedAsync(StatusCode.InvalidArgument, field, () => UpdateAsync(finance.SettingsOf(TestTenants.Acme), settings));
    }

    [Fact]
    public async Task Settings_are_changed_by_the_administrator_only()
    {
        var writer = new Client(finance.GrpcFor(TestTenants.Acme, "finance.write"));
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => GetAsync(writer));
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => UpdateAsync(writer, new FinanceSettings()));
        using var rest = finance.RestFor(TestTenants.Acme, "finance.read");
        Assert.Equal("INV", (await rest.GetFromJsonAsync<Dictionary<string, object>>("/api/v1/finance/settings", Token))!["invoicePrefix"].ToString());
    }

    private static FinanceSettings Entered(FinanceSettings current) => new(current)
    {
        LegalEntity = new Party { Name = "Neue Firma AG" },
        InvoicePrefix = "RE",
        TaxRounding = TaxRounding.PerLine,
        TimeZone = "Europe/Vienna",
    };

    private static async Task<FinanceSettings> GetAsync(Client client) => await client.GetFinanceSettingsAsync(new GetFinanceSettingsRequest(), cancellationToken: Token);

    private static async Task<FinanceSettings> UpdateAsync(Client client, FinanceSettings settings) =>
        await client.UpdateFinanceSettingsAsync(new UpdateFinanceSettingsRequest { Settings = settings }, cancellationToken: Token);
}
