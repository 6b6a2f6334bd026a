using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Bulk;
using Platform.CustomFields;
using Platform.Data;
using Platform.Monetary.Rates;
using Platform.Records.Links;
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

    internal DbSet<RecordLink> Links => Set<RecordLink>();

    /// <inheritdoc />
    protected override bool HasCompany => Caller.CustomFields is { } fields && ChangeTracker.Entries<Record>()
        .Any(entry => entry.State is EntityState.Added or EntityState.Modified && fields.Of(entry.Entity.AccessResource().Info.Name).All.Any(known => known.Definition.IsRelation()));

    /// <inheritdoc />
    protected override IQueryable<Guid> LeadingTo(string resource, string fieldKey, Guid target)
    {
        var source = resource[ResourceCatalogue.ObjectPrefix.Length..];
        return Links.Where(link => link.TargetId == target && link.FieldKey == fieldKey && link.SourceKey == source).Select(link => link.SourceId);
    }

    /// <inheritdoc />
    protected override Task AccompanyAsync(IReadOnlyCollection<(ProtectedEntity Row, Struct? Before)> rows, CancellationToken cancellationToken) =>
        this.LinkAsync(rows.Select(row => ((Record)row.Row, row.Before)), cancellationToken);

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
        RecordLink.Map(model.Entity<RecordLink>());
        RecordPurge.Map(model.Entity<RecordPurge>());
        model.MapReporting();
        model.MapBulk();
        Quota.Map(model.Entity<Quota>());
    }
}
