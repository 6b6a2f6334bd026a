using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Access;

namespace Platform.Contacts.Duplicates;

/// <summary>Which records that are about to be saved have to be compared again.</summary>
internal static class WrittenRecords
{
    private static readonly Dictionary<string, HashSet<string>> Compared = DuplicateKind.All.ToDictionary(
        kind => kind.Resource.Name,
        kind => kind.Fields.Concat([ResourceInfo.CustomFields, "status", "other_emails", "other_phones"]).Select(field => field.Replace("_", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public static List<DuplicateCheck> Of(ChangeTracker tracker) =>
        [.. tracker.Entries<ProtectedEntity>().Where(IsCompared).Select(entry => new DuplicateCheck { Resource = ResourceOf(entry), RecordId = entry.Entity.Id })];

    /// <summary>The same for records that a statement changes past the change tracker.</summary>
    public static Task NoteAsync(ContactsDbContext db, string resource, IReadOnlyCollection<Guid> records, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO duplicate_checks (tenant_id, id, resource, record_id, due_time) SELECT {db.Caller.RequiredTenantId}, gen_random_uuid(), {resource}, id, now() FROM unnest({records.ToArray()}) AS id
        """, cancellationToken);

    private static bool IsCompared(EntityEntry<ProtectedEntity> entry) => Compared.TryGetValue(ResourceOf(entry), out var fields)
        && (entry.State is EntityState.Added or EntityState.Deleted
            || (entry.State == EntityState.Modified && entry.Properties.Any(property => property.IsModified && fields.Contains(property.Metadata.Name))));

    private static string ResourceOf(EntityEntry<ProtectedEntity> entry) => entry.Entity.AccessResource().Info.Name;
}
