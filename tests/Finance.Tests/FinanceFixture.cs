using Microsoft.Extensions.DependencyInjection;
using Platform.Finance.V1;
using Platform.Tenancy;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Finance.Tests;

public class FinanceFixture() : ServiceFixture<Program>("finance")
{
    public AdjustableClock Clock { get; } = new();

    /// <summary>The seller of the tests.</summary>
    public static Tenant Company { get; } = new()
    {
        LegalName = "Acme Handels GmbH",
        TaxNumber = "DE123456789",
        Currency = "EUR",
        Address = new() { Lines = { "Hauptstraße 1" }, PostalCode = "10115", City = "Berlin", Country = "DE" },
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await AddTenantAsync(TestTenants.Acme);
        await AddTenantAsync(TestTenants.Globex);
    }

    /// <summary>A tenant of its own for a fact that counts numbers.</summary>
    public async Task<Guid> AddTenantAsync(Guid? id = null)
    {
        var tenant = id ?? Guid.CreateVersion7();
        Assert.Equal("SUCCESS", await DeliverAsync(tenant, new TenantCreated { Tenant = new Tenant(Company) { Id = tenant.ToString() } }));
        return tenant;
    }

    /// <summary>How many events of a type wait for the relay, about one invoice.</summary>
    public Task<long> PublishedAsync(string invoiceId, string type) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{invoiceId}' AND type = 'platform.finance.v1.{type}'");

    internal InvoicesService.InvoicesServiceClient InvoicesOf(Guid tenant) => new(GrpcFor(tenant, Samples.All));

    internal CreditNotesService.CreditNotesServiceClient CreditNotesOf(Guid tenant) => new(GrpcFor(tenant, Samples.All));

    internal FinanceSettingsService.FinanceSettingsServiceClient SettingsOf(Guid tenant) => new(GrpcFor(tenant, Samples.All));

    protected override void Configure(IServiceCollection services) => services
        .AddSingleton<TimeProvider>(Clock)
        .AddScoped<TenantsService.TenantsServiceClient>(provider => new TenantsStandIn(provider.GetRequiredService<Caller>()));
}

/// <summary>The real time, or what a fact says that it is.</summary>
public sealed class AdjustableClock : TimeProvider
{
    public DateTimeOffset? Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now ?? base.GetUtcNow();
}
