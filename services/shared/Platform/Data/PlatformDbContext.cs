using System.Linq.Expressions;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Auditing;
using Platform.CustomFields;
using Platform.CustomFields.Computing;
using Platform.CustomFields.Relations;
using Platform.CustomFields.RollUps;
using Platform.CustomFields.RollUps.Across;
using Platform.CustomFields.Values;
using Platform.Errors;
using Platform.Events;
using Platform.Filtering;
using Platform.Idempotency;
using Platform.Tenancy;
using Platform.Tenancy.Placements;
using Platform.Tenancy.Quotas;

namespace Platform.Data;

/// <summary>
/// The unit of work of a service: tenant filter and stamp on every entity, events and audit entries as rows of the same
/// SaveChanges, inbox and idempotency keys. PostgreSQL's row-level security is the second wall behind it.
/// </summary>
public abstract class PlatformDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>On whose behalf this context reads and writes: that of the scope, set whenever a scope takes a context from the pool.</summary>
    public Caller Caller { get; internal set; } = new();

    /// <summary>The clock of the service.</summary>
    protected internal TimeProvider Time { get; internal set; } = TimeProvider.System;

    /// <summary>What filters of policies depend on beside the row.</summary>
    internal FilterContext FilterContext => new(Time.GetUtcNow(), TimeZoneInfo.Utc, Caller.Access?.Variables ?? CallerVariables.None) { CustomFields = Caller.CustomFields };

    /// <summary>The fields that companies defined; null where the service has no records that they add fields to.</summary>
    internal CustomFieldDirectory? Fields { get; set; }

    /// <summary>The protected kinds of records of the service.</summary>
    internal IEnumerable<ProtectedResource> Resources { get; set; } = [];

    /// <summary>Where records of other services are looked up.</summary>
    internal IEnumerable<RelationLookup> Lookups { get; set; } = [];

    /// <summary>Events that are finished with the save.</summary>
    internal UnfinishedEvents UnfinishedEvents { get; } = new();

    /// <summary>Whether this scope wrote records that roll-ups of other services count.</summary>
    internal bool IsCountedElsewhere { get; set; }

    /// <summary>Whether this scope computed records anew, around the change tracker: background work may be concerned with them.</summary>
    internal bool HasRecomputed { get; set; }

    /// <summary>Where the work of this context comes from, for the audit log; that of the scope.</summary>
    internal AuditOrigin Origin { get; set; } = new("", TimeProvider.System);

    /// <summary>Whether this scope wrote audit entries.</summary>
    internal bool HasAudited { get; set; }

    /// <summary>Whether the transaction that is about to begin is that of one save, whose first command tells the tenant.</summary>
    internal bool IsTenantUntold { get; set; }

    /// <summary>Whether the server has refused something on the open connection.</summary>
    internal bool WasRefused { get; set; }

    /// <summary>How many records the open transaction adds.</summary>
    internal Growth Growth { get; } = new();

    /// <summary>Events that wait for the relay.</summary>
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    internal DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    internal DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    internal DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    internal DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    private Guid CurrentTenant => Caller.TenantId ?? Guid.Empty;

    /// <summary>
    /// Publishes an event when, and only when, this context is saved. Events of one aggregate arrive in the order of their rows.
    /// </summary>
    /// <param name="aggregateId">What the event is about; the ordering key.</param>
    /// <param name="message">A message of <c>events.proto</c>; its package names the topic.</param>
    /// <param name="isBulk">One of very many, as when a kind of records is purged: it lets what people wait for go first.</param>
    public void Publish(Guid aggregateId, IMessage message, bool isBulk = false)
    {
        if (Caller.CustomFields is { } fields)
            CustomFieldStripping.ApplyToEvent(message, fields);
        var happened = OutboxMessage.Create(Caller, aggregateId, message, isBulk);
        Outbox.Add(happened);
        UnfinishedEvents.Add(this, happened, message);
    }

    /// <summary>Takes back events of a kind about a record that are not saved yet: a save that is tried again tells anew.</summary>
    public void Withdraw(Guid aggregateId, Google.Protobuf.Reflection.MessageDescriptor kind)
    {
        foreach (var entry in ChangeTracker.Entries<OutboxMessage>().Where(entry => entry.State == EntityState.Added && entry.Entity.AggregateId == aggregateId && entry.Entity.Type == kind.FullName).ToList())
            entry.State = EntityState.Detached;
    }

    /// <summary>
    /// Writes an entry of the audit log when, and only when, this context is saved: for what is no change of an entity, such as a
    /// sign-in or an export. Changes of entities are written by themselves.
    /// </summary>
    /// <param name="action">A verb, lower case: <c>sign_in</c>.</param>
    /// <param name="resource">Type of the resource: <c>tenants.member</c>.</param>
    /// <param name="resourceId">Its id.</param>
    /// <param name="before">Fields as they were; nothing secret.</param>
    /// <param name="after">Fields as they are; nothing secret.</param>
    public void Audit(string action, string resource, string resourceId, Struct? before = null, Struct? after = null)
    {
        HasAudited = true;
        AuditEntries.Add(Auditing.AuditEntries.Create(this, action, resource, resourceId, Json(before), Json(after)));

        static string? Json(Struct? fields) => fields is null ? null : JsonFormatter.Default.Format(fields);
    }

    /// <summary>No set of a protected kind is handed out: its rows are reached by <see cref="ProtectedRows{T}"/> only.</summary>
    /// <exception cref="NotSupportedException">The kind is protected.</exception>
    public override DbSet<TEntity> Set<TEntity>() => typeof(ProtectedEntity).IsAssignableFrom(typeof(TEntity))
        ? throw new NotSupportedException($"{typeof(TEntity).Name} is protected: use ProtectedRows.")
        : base.Set<TEntity>();

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving is asynchronous here: use SaveChangesAsync.");

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Before there is a transaction, because other services may have to be asked.
        await RelationCheck.CheckAsync(this, cancellationToken);
        // Numbers are taken, what rows lead to is held, and what several give to roll-ups is ordered, in the transaction that saves them.
        return Database.CurrentTransaction is null && (HasCompany || Judged().Count > 0 || await ComputedValues.NeedsTransactionAsync(this, cancellationToken))
            ? await InTransactionAsync(() => SaveAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken)
            : await SaveAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private async Task<int> SaveAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        // Always a transaction, so that the tenant is set once for all statements of the save.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        if (HasCompany)
            await AccompanyAsync(RelationCheck.Written(this), cancellationToken);
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>())
            Stamp(entry.State, entry.Entity);
        await ComputeAsync(cancellationToken);
        WriteGuard.Check(this);
        ChangeTracker.DetectChanges();
        // Everything is known now: neither the log nor the save looks again.
        ChangeTracker.AutoDetectChangesEnabled = false;
        var audited = AuditTrail.Collect(this);
        var isWritten = false;
        Growth.Save(ChangeTracker);
        try
        {
            AuditEntries.AddRange(audited);
            HasAudited |= audited.Count > 0;
            var written = await SaveWhereTenantLivesAsync(acceptAllChangesOnSuccess, cancellationToken);
            isWritten = true;
            return written;
        }
        catch (DbUpdateException refused) when (CustomFieldErrors.Find(refused, Caller) is { } notUnique)
        {
            Forget(audited);
            throw notUnique.ToRpcException();
        }
        catch
        {
            Forget(audited);
            throw;
        }
        finally
        {
            Growth.Saved(isWritten);
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private async Task ComputeAsync(CancellationToken cancellationToken)
    {
        // Before a deletion too, because the log tells what the record held, but for what is confidential.
        if (Fields is { } directory && ChangeTracker.Entries<ProtectedEntity>().Any(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            await directory.LoadAsync(Caller, cancellationToken);
        IsCountedElsewhere |= Caller.CustomFields is { } known && ChangeTracker.Entries<ProtectedEntity>()
            .Any(entry => entry.State == EntityState.Deleted && known.RollUpsOver(entry.Entity.AccessResource().Info.Name).Any(rollUp => rollUp.IsAcross));
        var fields = Fields is { IsNeeded: true } || Caller.CustomFields is not null ? await ComputedValues.ApplyAsync(this, cancellationToken) : null;
        await JudgeAsync(Judged(), cancellationToken);
        UnfinishedEvents.Finish(this, fields);
    }

    private List<ProtectedEntity> Judged() => [.. ChangeTracker.Entries<ProtectedEntity>()
        .Where(entry => entry.State is EntityState.Added or EntityState.Modified && entry.Entity.AccessResource().Info.Judged.Count > 0).Select(entry => entry.Entity)];

    /// <summary>Runs the work in one transaction, joining the one that is open already.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
            return await work();
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>The same for work that may fail as a value: a failure undoes what the work wrote, unless it joined an open transaction.</summary>
    public async Task<Result<T>> InTransactionAsync<T>(Func<Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : class
    {
        if (Database.CurrentTransaction is not null)
            return await work();
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await work();
        if (!result.IsError)
            await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>The rows of a protected kind that the caller may see.</summary>
    internal protected ProtectedSet<T> ProtectedRows<T>()
        where T : ProtectedEntity, IProtected<T> => new(this, base.Set<T>());

    /// <summary>Whether rows that are about to be written have others beside them, which <see cref="AccompanyAsync"/> adds.</summary>
    protected internal virtual bool HasCompany => false;

    /// <summary>Ids of the rows whose list leads to a record, where the service keeps the way back; null where it does not.</summary>
    /// <param name="resource">The kind of the rows.</param>
    /// <param name="fieldKey">The list.</param>
    /// <param name="target">The record.</param>
    protected internal virtual IQueryable<Guid>? LeadingTo(string resource, string fieldKey, Guid target) => null;

    /// <summary>Adds what is kept beside rows that are about to be written, in the transaction that writes them.</summary>
    /// <param name="rows">The rows, each with the custom fields that it had; null for a new one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    protected internal virtual Task AccompanyAsync(IReadOnlyCollection<(ProtectedEntity Row, Struct? Before)> rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes what <see cref="ResourceInfo.Judged"/> names of rows that are about to be written, in the transaction that writes them: all else is computed.</summary>
    /// <param name="rows">The rows; none, mostly.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    protected internal virtual Task JudgeAsync(IReadOnlyCollection<ProtectedEntity> rows, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts that into the record of an event that was published before.</summary>
    protected internal virtual void TellJudged(ProtectedEntity row, IMessage record)
    {
    }

    /// <summary>Maps the entities of the service.</summary>
    protected abstract void Map(ModelBuilder model);

    /// <inheritdoc />
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        OutboxMessage.Map(modelBuilder.Entity<OutboxMessage>());
        InboxMessage.Map(modelBuilder.Entity<InboxMessage>());
        IdempotencyRecord.Map(modelBuilder.Entity<IdempotencyRecord>());
        AuditEntry.Map(modelBuilder.Entity<AuditEntry>());
        AuditSeal.Map(modelBuilder.Entity<AuditSeal>());
        UnsealedEntry.Map(modelBuilder.Entity<UnsealedEntry>());
        Map(modelBuilder);
        if (modelBuilder.Model.GetEntityTypes().Any(type => type.ClrType.IsSubclassOf(typeof(ProtectedEntity))))
        {
            CustomFieldValue.Map(modelBuilder.Entity<CustomFieldValue>());
            CustomFieldIndex.Map(modelBuilder.Entity<CustomFieldIndex>());
            RollUpInput.Map(modelBuilder.Entity<RollUpInput>());
            RollUpValue.Map(modelBuilder.Entity<RollUpValue>());
            RollUpChange.Map(modelBuilder.Entity<RollUpChange>());
            EarlyRollUp.Map(modelBuilder.Entity<EarlyRollUp>());
        }

        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(type => !type.IsOwned()).ToList())
            Own(modelBuilder, type.ClrType);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Struct>().HaveConversion<StructConverter, MessageComparer<Struct>>().HaveColumnType("jsonb");
        configurationBuilder.Properties<Common.V1.Address>().HaveConversion<MessageConverter<Common.V1.Address>, MessageComparer<Common.V1.Address>>().HaveColumnType("jsonb");
        configurationBuilder.Properties<decimal>().HaveColumnType("numeric");
    }

    private void Own(ModelBuilder modelBuilder, System.Type type)
    {
        if (typeof(ITenantOwned).IsAssignableFrom(type))
            OwnMethod.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        else if (type.GetCustomAttribute<GlobalEntityAttribute>() is null)
            throw new InvalidOperationException($"{type.Name} is neither ITenantOwned nor marked [GlobalEntity].");
    }

    private static readonly MethodInfo OwnMethod = typeof(PlatformDbContext).GetMethod(nameof(OwnByTenant), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private void OwnByTenant<T>(ModelBuilder modelBuilder)
        where T : class, ITenantOwned
    {
        Expression<Func<T, bool>> mine = entity => entity.TenantId == CurrentTenant;
        modelBuilder.Entity<T>().HasQueryFilter("tenant", mine);
        modelBuilder.Entity<T>().Property(entity => entity.TenantId).ValueGeneratedNever();
    }

    // A save that was refused as the tenant lives elsewhere has done nothing.
    private async Task<int> SaveWhereTenantLivesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        for (var moves = 0; ; moves++)
        {
            try
            {
                IsTenantUntold = Database.CurrentTransaction is null && Caller.TenantId is not null;
                return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            }
            catch (DbUpdateException refused) when (moves < TenantCommandInterceptor.MaxMoves && refused.InnerException is TenantElsewhereException elsewhere)
            {
                await elsewhere.LearnAsync(cancellationToken);
            }
            finally
            {
                IsTenantUntold = false;
            }
        }
    }

    // A save that is tried again writes its entries again.
    private void Forget(List<AuditEntry> audited)
    {
        foreach (var entry in audited)
            Entry(entry).State = EntityState.Detached;
    }

    private void Stamp(EntityState state, ITenantOwned entity)
    {
        if (state == EntityState.Added && entity.TenantId == Guid.Empty)
            entity.TenantId = Caller.RequiredTenantId;
        if (state is EntityState.Added or EntityState.Modified or EntityState.Deleted && entity.TenantId != Caller.RequiredTenantId)
            throw new InvalidOperationException($"A {entity.GetType().Name} of another tenant was about to be written.");
    }
}
