using Microsoft.EntityFrameworkCore;
using Platform.Metadata.Resources;
using Platform.Tenancy;

namespace Platform.Metadata.Packages;

/// <summary>The numbered versions of a company's metadata; written while the schema is held.</summary>
internal static class PackageVersions
{
    public static Task<int> LastNumberAsync(MetadataDbContext db, CancellationToken cancellationToken) =>
        db.Versions.OrderByDescending(version => version.Number).Select(version => version.Number).FirstOrDefaultAsync(cancellationToken);

    public static MetadataVersion Next(int last, string action, string note, int changes, V1.MetadataPackage package, Caller caller, DateTimeOffset now) => new()
    {
        Number = last + 1,
        Action = action,
        Note = note.Trim(),
        Actor = caller.Subject,
        ChangeCount = changes,
        Package = package,
        CreateTime = now,
        UpdateTime = now,
    };

    /// <summary>Keeps what people have changed one by one since the last version, so that there is a way back to it.</summary>
    public static async Task KeepManualAsync(MetadataDbContext db, V1.MetadataPackage live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.Versions.AsNoTracking().OrderByDescending(version => version.Number).FirstOrDefaultAsync(cancellationToken);
        var before = last?.Package ?? new V1.MetadataPackage { Format = PackageDocument.Format };
        if (PackageChange.Between(before, live, prune: true) is not { Count: > 0 } changes)
            return;
        var note = Language.Say("Changed one by one", "Einzeln geändert", "Изменено по одному");
        db.Versions.Add(Next(last?.Number ?? 0, "manual", note, changes.Count, live, db.Caller, now));
        await db.SaveChangesAsync(cancellationToken);
    }
}
