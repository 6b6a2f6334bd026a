using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Auditing;
using Platform.CustomFields;
using Platform.CustomFields.Formulas;
using Platform.Data;
using Platform.Errors;
using Platform.Rest;
using Platform.Validation;

namespace Platform.Access;

/// <summary>Looks at every protected record that a context is about to write, so that no handler can forget to ask.</summary>
internal static class WriteGuard
{
    // Rows whose change follows from one that was allowed.
    private static readonly ConditionalWeakTable<ProtectedEntity, object> Excused = [];

    /// <summary>Does not ask about this row: see <see cref="ProtectedSet{T}.Follow"/>.</summary>
    public static void Excuse(ProtectedEntity row) => Excused.AddOrUpdate(row, row);

    public static void Check(PlatformDbContext db)
    {
        if (db.Caller.Access is not { } access)
            return;
        var parts = new Lazy<TrackedParts>(() => new TrackedParts(db.ChangeTracker.Entries().Where(entry => entry.Metadata.IsOwned())));
        foreach (var entry in db.ChangeTracker.Entries<ProtectedEntity>().ToList())
        {
            if (access.IsConcerned(entry.Entity.AccessResource().Info.Name) && !Excused.TryGetValue(entry.Entity, out _))
                Check(db, access, entry, parts);
        }
    }

    public static void CheckCreation(PlatformDbContext db, ProtectedEntity row)
    {
        if (db.Caller.Access is { } access && access.IsConcerned(row.AccessResource().Info.Name))
            Require(db, access, AccessAction.Create, row);
    }

    public static void CheckDeletion(PlatformDbContext db, ProtectedEntity row)
    {
        if (db.Caller.Access is { } access && access.IsConcerned(row.AccessResource().Info.Name))
            Require(db, access, AccessAction.Delete, row);
    }

    private static void Check(PlatformDbContext db, PersonAccess access, EntityEntry<ProtectedEntity> entry, Lazy<TrackedParts> parts)
    {
        switch (entry.State)
        {
            case EntityState.Added:
                Require(db, access, AccessAction.Create, entry.Entity);
                break;
            case EntityState.Deleted:
                Require(db, access, AccessAction.Delete, Stored(entry));
                break;
            case EntityState.Modified:
            // Rows inside a record change without the record being marked as changed.
            case EntityState.Unchanged when ChangedParts(entry, parts).Any():
                var stored = Stored(entry);
                var isDeletion = entry.Entity.IsDeletionOf(stored);
                Require(db, access, isDeletion ? AccessAction.Delete : AccessAction.Update, stored);
                if (isDeletion)
                    break;
                CheckOutcome(db, access, entry.Entity);
                CheckFields(access, entry, parts);
                break;
        }
    }

    private static void Require(PlatformDbContext db, PersonAccess access, AccessAction action, ProtectedEntity row)
    {
        var resource = row.AccessResource();
        if (resource.Decide(access, action, row, db.FilterContext) is { Allowed: false } decision)
            throw AccessErrors.Denied(decision, action, access.AllowedBy(resource.Info.Name, action)).ToRpcException();
    }

    // What was allowed may hand the record on to others; but no change may lead to what a policy denies.
    private static void CheckOutcome(PlatformDbContext db, PersonAccess access, ProtectedEntity row)
    {
        if (row.AccessResource().Decide(access, AccessAction.Update, row, db.FilterContext) is { Allowed: false, Policy: not null } decision)
            throw AccessErrors.Denied(decision, AccessAction.Update, []).ToRpcException();
    }

    private static void CheckFields(PersonAccess access, EntityEntry<ProtectedEntity> entry, Lazy<TrackedParts> parts)
    {
        var info = entry.Entity.AccessResource().Info;
        var fields = access.FieldsOf(info.Name);
        if (fields.Restricted.Count == 0)
            return;
        // Times and versions change with every write; they belong to the platform.
        var changed = entry.Properties.Where(property => property.IsModified && property.Metadata.PropertyInfo?.DeclaringType != typeof(Entity))
            .Where(property => !IsComputedAlone(property) && property.Metadata.PropertyInfo?.IsDefined(typeof(JudgedAttribute), inherit: false) is not true)
            .Select(property => property.Metadata.Name)
            .Concat(ChangedParts(entry, parts))
            .Select(property => JsonFields.Find(info.Message, JsonPath.Of(property))?.Name)
            .FirstOrDefault(name => name is not null && !fields.IsWritable(name));
        if (changed is not null)
            throw AccessErrors.FieldNotWritable([changed]).ToRpcException();
    }

    // Lists inside the record, such as its lines, of which something is another than it was.
    private static IEnumerable<string> ChangedParts(EntityEntry entry, Lazy<TrackedParts> parts) => AuditPlan.Of(entry.Metadata).Parts
        .Where(part => parts.Value.AnyChanged && parts.Value.Before(part, entry) != TrackedParts.Now(part, entry.Entity)).Select(part => part.Navigation.Name);

    // What the platform computes is not the caller's doing.
    private static bool IsComputedAlone(PropertyEntry property) => property is { OriginalValue: Struct before, CurrentValue: Struct after }
        && ResourceFields.Without(before, ResourceFormulas.IsComputed).Equals(ResourceFields.Without(after, ResourceFormulas.IsComputed));

    private static ProtectedEntity Stored(EntityEntry<ProtectedEntity> entry) => (ProtectedEntity)entry.OriginalValues.ToObject();
}
