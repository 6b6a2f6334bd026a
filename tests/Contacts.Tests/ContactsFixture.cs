using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Contacts.Tests;

public class ContactsFixture() : ServiceFixture<Program>("contacts")
{
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    public CompaniesService.CompaniesServiceClient Companies(Guid tenant) => new(GrpcFor(tenant, All));

    public PeopleService.PeopleServiceClient People(Guid tenant) => new(GrpcFor(tenant, All));

    public LeadsService.LeadsServiceClient Leads(Guid tenant) => new(GrpcFor(tenant, All));

    public ActivitiesService.ActivitiesServiceClient Activities(Guid tenant) => new(GrpcFor(tenant, All));

    public ImportsService.ImportsServiceClient Imports(Guid tenant) => new(GrpcFor(tenant, All));

    /// <summary>How companies head their public pages.</summary>
    public SiteStandIns Sites { get; } = new();

    /// <summary>The teams that the tenants service would tell of.</summary>
    internal TeamsStandIn Teams { get; } = new(isAway: true);

    protected override void Configure(IServiceCollection services) => Sites.AddTo(services)
        .AddScoped<TeamsService.TeamsServiceClient>(provider => Teams.For(provider.GetRequiredService<Platform.Tenancy.Caller>().RequiredTenantId))
        .AddScoped<DealsService.DealsServiceClient>(_ => new DealsStandIn())
        .AddScoped<VisibilityService.VisibilityServiceClient>(_ => new VisibleDealsStandIn())
        .AddScoped<QuotesService.QuotesServiceClient>(_ => new QuotesStandIn())
        .AddScoped<InvoicesService.InvoicesServiceClient>(_ => new InvoicesStandIn());

    /// <summary>REST with every permission of the domain.</summary>
    public HttpClient Rest(Guid tenant) => RestFor(tenant, All);

    /// <summary>All columns of all records, without what every write changes.</summary>
    public Task<string> StateAsync(Guid tenant) => Database.QueryAsync<string>(
        $"""
        SELECT jsonb_build_array(
            (SELECT jsonb_agg(to_jsonb(row) - 'update_time' ORDER BY id) FROM people AS row WHERE tenant_id = '{tenant}'),
            (SELECT jsonb_agg(to_jsonb(row) - 'update_time' ORDER BY id) FROM companies AS row WHERE tenant_id = '{tenant}'),
            (SELECT jsonb_agg(to_jsonb(row) - 'update_time' ORDER BY id) FROM leads AS row WHERE tenant_id = '{tenant}'),
            (SELECT jsonb_agg(to_jsonb(row) - 'update_time' ORDER BY id) FROM activities AS row WHERE tenant_id = '{tenant}'))::text
        """);

    /// <summary>How many events of this type wait for the relay.</summary>
    public virtual Task<long> EventsAsync(string type, string aggregateId) => EventsAsync("public", type, aggregateId);

    /// <summary>The same for the outbox of one schema.</summary>
    protected Task<long> EventsAsync(string schema, string type, string aggregateId) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM {schema}.outbox_messages WHERE aggregate_id = '{aggregateId}' AND type = 'platform.contacts.v1.{type}'");
}
