using Microsoft.EntityFrameworkCore;
using Platform.Automation.Processes;
using Platform.Automation.Signups;
using Platform.Data;

namespace Platform.Automation;

/// <summary>The unit of work of the automation domain: what the sagas did, for people to see.</summary>
public sealed class AutomationDbContext(DbContextOptions<AutomationDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<Process> Processes => Set<Process>();

    internal DbSet<ProcessStep> Steps => Set<ProcessStep>();

    internal DbSet<HeldTenant> HeldTenants => Set<HeldTenant>();

    internal DbSet<Signup> Signups => Set<Signup>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        ProcessConfiguration.Map(model.Entity<Process>());
        ProcessConfiguration.Map(model.Entity<ProcessStep>());
        HeldTenant.Map(model.Entity<HeldTenant>());
        Signup.Map(model.Entity<Signup>());
    }
}
