using Microsoft.Extensions.DependencyInjection;
using Platform.Audit.V1;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests.Audit;

/// <summary>The tenants service with its own log, and the logs of two other services of which one tenant has entries.</summary>
public sealed class AuditFixture : IAsyncLifetime
{
    private readonly WithLogs _tenants = new();

    internal TenantsFixture Tenants => _tenants;

    internal LogStandIn Deals => _tenants.Logs["deals"];

    internal LogStandIn Contacts => _tenants.Logs["contacts"];

    /// <summary>REST as a person of the tenant, who has the roles that the tenant gave.</summary>
    internal HttpClient RestAs(Guid tenant, Guid user) => _tenants.Rest(TestTokens.ForPerson(tenant, user));

    /// <summary>Brings the heads that the service announced to the tenants service, as the broker does.</summary>
    internal async Task DeliverHeadsAsync(Guid tenant)
    {
        var json = await _tenants.Database.QueryAsync<string>(
            $"SELECT '[' || coalesce(string_agg(data, ','), '') || ']' FROM outbox_messages WHERE tenant_id = '{tenant}' AND type = 'platform.audit.v1.HeadSealed'");
        foreach (var head in System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray())
            Assert.Equal("SUCCESS", await _tenants.DeliverAsync(tenant, HeadSealed.Parser.ParseJson(head.GetRawText())));
    }

    public ValueTask InitializeAsync() => _tenants.InitializeAsync();

    public ValueTask DisposeAsync() => _tenants.DisposeAsync();

    private sealed class WithLogs : TenantsFixture
    {
        public Dictionary<string, LogStandIn> Logs { get; } = new[] { "contacts", "deals", "finance", "communications", "automation", "metadata", "records", "pipelines", "inventory", "search" }.ToDictionary(service => service, _ => new LogStandIn());

        protected override void Configure(IServiceCollection services)
        {
            base.Configure(services);
            foreach (var (service, log) in Logs)
                services.AddKeyedScoped<AuditLogService.AuditLogServiceClient>(service, (_, _) => log);
            // Itself, as it would be reached through its sidecar.
            services.AddKeyedScoped("tenants", (provider, _) => new AuditLogService.AuditLogServiceClient(Grpc(provider.GetRequiredService<Caller>().BearerToken!)));
        }
    }
}
