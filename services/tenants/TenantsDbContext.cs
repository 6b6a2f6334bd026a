using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenants.ApiKeys;
using Platform.Tenants.Audit;
using Platform.Tenants.Members;
using Platform.Tenants.Tenants;

namespace Platform.Tenants;

/// <summary>The unit of work of the tenants domain.</summary>
public sealed class TenantsDbContext(DbContextOptions<TenantsDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<Tenant> Tenants => Set<Tenant>();

    internal DbSet<Member> Members => Set<Member>();

    internal DbSet<NotedHead> NotedHeads => Set<NotedHead>();

    internal DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        TenantConfiguration.Map(model.Entity<Tenant>());
        MemberConfiguration.Map(model.Entity<Member>());
        NotedHead.Map(model.Entity<NotedHead>());
        ApiKeyConfiguration.Map(model.Entity<ApiKey>());
        ApiKeyConfiguration.Map(model.Entity<ApiKeyUse>());
    }
}
