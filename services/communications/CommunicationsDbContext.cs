using Microsoft.EntityFrameworkCore;
using Platform.Communications.Delivery;
using Platform.Communications.Emails;
using Platform.Communications.Live;
using Platform.Communications.Notifications;
using Platform.Data;

namespace Platform.Communications;

/// <summary>The unit of work of the communications domain.</summary>
public sealed class CommunicationsDbContext(DbContextOptions<CommunicationsDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<Email> Emails => Set<Email>();

    internal DbSet<EmailDelivery> Deliveries => Set<EmailDelivery>();

    internal DbSet<HeldTenant> HeldTenants => Set<HeldTenant>();

    internal DbSet<LiveBatch> LiveBatches => Set<LiveBatch>();

    internal DbSet<Notification> Notifications => Set<Notification>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        EmailConfiguration.Map(model.Entity<Email>());
        EmailDelivery.Map(model.Entity<EmailDelivery>());
        HeldTenant.Map(model.Entity<HeldTenant>());
        LiveBatch.Map(model.Entity<LiveBatch>());
        Notification.Map(model.Entity<Notification>());
    }
}
