using Microsoft.Extensions.DependencyInjection;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.Quotes.Sending;
using Platform.Inventory.V1;
using Platform.Pipelines.V1;
using Platform.Tenancy;
using Platform.Tenants.V1;
using Platform.Testing;

namespace Deals.Tests;

public sealed class DealsFixture() : ServiceFixture<Program>("deals")
{
    /// <summary>What the pipelines service would tell.</summary>
    public PipelinesStandIn Pipelines { get; } = new();

    /// <summary>What the tenants service would tell of companies.</summary>
    public TenantsStandIn Tenants { get; } = new();

    /// <summary>What the inventory service would tell of products.</summary>
    internal ProductsStandIn Products { get; } = new();

    /// <summary>What it would tell of their teams.</summary>
    public TeamsStandIn Teams { get; } = new();

    /// <summary>What the contacts service would tell of the timelines of deals.</summary>
    internal ContactsStandIn.Activities Activities { get; } = new();

    /// <summary>What the communications service was given.</summary>
    public EmailsStandIn Emails { get; } = new();

    /// <summary>How many events of a type wait for the relay, about one deal.</summary>
    public Task<long> PublishedAsync(string dealId, string type) =>
        Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{dealId}' AND type = 'platform.deals.v1.{type}'");

    protected override void Configure(IServiceCollection services) => new SiteStandIns().AddTo(services)
        .Configure<QuoteOptions>(options => (options.Poll, options.PublicUrl) = (TimeSpan.FromMilliseconds(200), new Uri("https://crm.example")))
        .AddScoped<TenantsService.TenantsServiceClient>(_ => Tenants)
        .AddScoped<PipelinesService.PipelinesServiceClient>(_ => Pipelines)
        .AddScoped<EmailsService.EmailsServiceClient>(_ => Emails)
        .AddScoped<ProductsService.ProductsServiceClient>(_ => Products)
        .AddScoped<ActivitiesService.ActivitiesServiceClient>(_ => Activities)
        .AddScoped<CompaniesService.CompaniesServiceClient>(_ => new ContactsStandIn.Companies())
        .AddScoped<ConversionsService.ConversionsServiceClient>(_ => new ContactsStandIn.Conversions())
        .AddScoped<LeadsService.LeadsServiceClient>(_ => new ContactsStandIn.Leads())
        .AddScoped<TeamsService.TeamsServiceClient>(provider => Teams.For(provider.GetRequiredService<Caller>().RequiredTenantId))
        .AddScoped<PeopleService.PeopleServiceClient>(_ => new ContactsStandIn.People());
}
