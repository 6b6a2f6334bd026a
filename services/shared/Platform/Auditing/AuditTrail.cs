using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Data;

namespace Platform.Auditing;

/// <summary>Finds in the change tracker what a save is about to change, and writes it as entries of the same save.</summary>
internal static class AuditTrail
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Delete = "delete";

    /// <summary>The entries of the save; the tracker must have looked for changes just before.</summary>
    public static List<AuditEntry> Collect(PlatformDbContext db)
    {
        var tracked = db.ChangeTracker.Entries().ToList();
        var parts = new TrackedParts(tracked.Where(entry => entry.Metadata.IsOwned()));
        var entries = new List<AuditEntry>();
        foreach (var entry in tracked)
        {
            if (entry.Metadata.IsOwned() || (entry.State == EntityState.Unchanged && !parts.AnyChanged))
                continue;
            var plan = AuditPlan.Of(entry.Metadata);
            if (plan.IsAudited && Describe(db, plan, entry, parts) is { } described)
                entries.Add(described);
        }

        return entries;
    }

    /// <summary>A whole resource: every field that holds something.</summary>
    public static string? Whole(PlatformDbContext db, AuditPlan plan, object entity)
    {
        using var writer = new FieldWriter(Concealment.Of(db, entity));
        foreach (var field in plan.Fields)
            writer.WriteUnlessEmpty(field, field.Of(entity));
        foreach (var part in plan.Parts)
        {
            if (TrackedParts.Now(part, entity) is not ("[]" or "null") and var rows)
                writer.WriteRaw(part.Name, rows);
        }

        return writer.Finish() ?? "{}";
    }

    private static AuditEntry? Describe(PlatformDbContext db, AuditPlan plan, EntityEntry entry, TrackedParts parts)
    {
        switch (entry.State)
        {
            case EntityState.Added:
                return AuditEntries.Create(db, Create, plan, entry.Entity, null, Whole(db, plan, entry.Entity));
            case EntityState.Deleted:
                return AuditEntries.Create(db, Delete, plan, entry.Entity, Former(db, plan, entry), null);
            default:
                var (before, after) = Changes(db, plan, entry, parts);
                return after is null ? null : AuditEntries.Create(db, VerbOf(db, plan), plan, entry.Entity, before, after);
        }
    }

    private static string? Former(PlatformDbContext db, AuditPlan plan, EntityEntry entry)
    {
        using var writer = new FieldWriter(Concealment.Of(db, entry.Entity));
        var originals = entry.OriginalValues;
        foreach (var field in plan.Fields)
            writer.WriteUnlessEmpty(field, originals[field.Property]);
        foreach (var part in plan.Parts)
        {
            if (TrackedParts.Now(part, entry.Entity) is not ("[]" or "null") and var rows)
                writer.WriteRaw(part.Name, rows);
        }

        return writer.Finish() ?? "{}";
    }

    private static (string? Before, string? After) Changes(PlatformDbContext db, AuditPlan plan, EntityEntry entry, TrackedParts parts)
    {
        var concealment = Concealment.Of(db, entry.Entity);
        using var before = new FieldWriter(concealment);
        using var after = new FieldWriter(concealment);
        if (entry.State == EntityState.Modified)
            WriteChanges(plan, entry, before, after);
        if (!parts.AnyChanged)
            return (before.Finish(), after.Finish());
        foreach (var part in plan.Parts)
        {
            var (was, now) = (parts.Before(part, entry), TrackedParts.Now(part, entry.Entity));
            if (was == now)
                continue;
            before.WriteRaw(part.Name, was);
            after.WriteRaw(part.Name, now);
        }

        return (before.Finish(), after.Finish());
    }

    private static void WriteChanges(AuditPlan plan, EntityEntry entry, FieldWriter before, FieldWriter after)
    {
        var originals = entry.OriginalValues;
        foreach (var field in plan.Fields)
        {
            var (was, now) = (originals[field.Property], field.Of(entry.Entity));
            if (!field.Changed(was, now))
                continue;
            before.Write(field, was);
            after.Write(field, now, was);
        }
    }

    // WinDeal changes a deal: it was won. What else the call changes was updated.
    private static string VerbOf(PlatformDbContext db, AuditPlan plan)
    {
        var operation = db.Origin.OperationOf(db.Caller);
        var method = operation[(operation.LastIndexOf('/') + 1)..];
        return method.Length > plan.TypeName.Length && method.EndsWith(plan.TypeName, StringComparison.Ordinal)
            ? JsonNamingPolicy.SnakeCaseLower.ConvertName(method[..^plan.TypeName.Length])
            : Update;
    }
}
