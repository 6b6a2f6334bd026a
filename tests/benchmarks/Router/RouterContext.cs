using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Benchmarks.Router;

/// <summary>A table of a service as services have it: filtered, stamped, audited, under forced row-level security.</summary>
internal sealed class RouterContext(DbContextOptions<RouterContext> options) : PlatformDbContext(options)
{
    public DbSet<Somebody> People => Set<Somebody>();

    protected override void Map(ModelBuilder model) => model.Entity<Somebody>(person =>
    {
        person.ToTable("people").HasKey(row => new { row.TenantId, row.Id });
        person.Property(row => row.Id).ValueGeneratedNever();
    });
}

internal sealed class Somebody : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; }

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string Email { get; init; } = "";
}
