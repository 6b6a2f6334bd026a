using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Access;

namespace Platform.Tenancy.Quotas;

/// <summary>How many records of each kind the open transaction of a context adds, or takes away.</summary>
internal sealed class Growth
{
    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _saving = new(StringComparer.Ordinal);

    /// <summary>Kinds with what becomes of their number when the transaction is committed.</summary>
    public IReadOnlyDictionary<string, long> Total => _written.Concat(_saving).GroupBy(kind => kind.Key, StringComparer.Ordinal)
        .ToDictionary(kind => kind.Key, kind => kind.Sum(part => part.Value), StringComparer.Ordinal);

    /// <summary>Whether nothing becomes more or less.</summary>
    public bool IsEmpty => _written.Count == 0 && _saving.Count == 0;

    /// <summary>A transaction begins.</summary>
    public void Begin() => _written.Clear();

    /// <summary>Rows that are written around the change tracker.</summary>
    public void Add(string kind, long rows) => Add(_written, kind, rows);

    /// <summary>A save begins.</summary>
    public void Save(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries<ProtectedEntity>())
        {
            if (entry.State is EntityState.Added or EntityState.Deleted)
                Add(_saving, entry.Entity.AccessResource().Info.Name, entry.State == EntityState.Added ? 1 : -1);
        }
    }

    /// <summary>The save has ended.</summary>
    public void Saved(bool isWritten)
    {
        foreach (var (kind, rows) in _saving)
        {
            if (isWritten)
                Add(_written, kind, rows);
        }

        _saving.Clear();
    }

    private static void Add(Dictionary<string, long> kinds, string kind, long rows) => kinds[kind] = kinds.GetValueOrDefault(kind) + rows;
}
