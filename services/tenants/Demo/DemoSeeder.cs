using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Members;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Demo;

/// <summary>Creates the demo companies that are missing, and touches none that is there.</summary>
internal sealed partial class DemoSeeder(IServiceScopeFactory scopes, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoSeeder> logger) : IHostedService
{
    // Another replica was faster.
    private static readonly UniqueViolation Exists = new(TenantConfiguration.PrimaryKey, Error.AlreadyExists("TENANT_EXISTS", "The tenant is there already."));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Seed)
            return;
        foreach (var demo in DemoTenants.All)
            await SeedAsync(demo, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAsync(DemoTenant demo, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(demo.Id, "demo");
        var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        if (await db.Tenants.AnyAsync(cancellationToken))
            return;
        Add(demo, db);
        if (await db.TrySaveChangesAsync(cancellationToken, Exists) is null)
            LogSeeded(logger, demo.Company.Slug, demo.People.Count);
    }

    private void Add(DemoTenant demo, TenantsDbContext db)
    {
        var tenant = Tenant.Create(demo.Id, demo.Company, time.GetUtcNow());
        db.Tenants.Add(tenant);
        db.Publish(tenant.Id, new V1.TenantCreated { Tenant = tenant.ToMessage() });
        foreach (var person in demo.People)
        {
            var member = Member.Create(person, time.GetUtcNow());
            db.Members.Add(member);
            db.Publish(member.Id, member.ToEvent());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo company {Slug} created with {People} people")]
    private static partial void LogSeeded(ILogger logger, string slug, int people);
}
