using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Records.Numbers;
using Platform.Records.Objects;
using Platform.Records.Purging;
using Platform.Records.Timeline;
using Platform.Tenancy.Quotas;

namespace Platform.Records;

/// <summary>The unit of work of the records of objects that companies define.</summary>
public sealed class RecordsDbContext(DbContextOptions<RecordsDbContext> options) : PlatformDbContext(options)
{
    /// <summary>Nothing, until it is said of which object: <see cref="ProtectedSet{T}.Of"/>.</summary>
    internal ProtectedSet<Record> Records => ProtectedRows<Record>();

    internal DbSet<RecordActivity> Activities => Set<RecordActivity>();

    internal DbSet<RecordPurge> Purges => Set<RecordPurge>();

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        this.TellOfLinks();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        RecordConfiguration.Map(model.Entity<Record>());
        RecordActivity.Map(model.Entity<RecordActivity>());
        RecordPurge.Map(model.Entity<RecordPurge>());
        Quota.Map(model.Entity<Quota>());
    }
}
