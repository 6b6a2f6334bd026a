using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Metadata.Dictionaries;

namespace Platform.Metadata.Schemas;

/// <summary>
/// What companies defined, read and compiled once for each version of it: to describe all objects of a large company reads one row.
/// Every change raises the version in its own transaction, so that no replica describes what is no longer so.
/// </summary>
internal sealed class DescribedSchemas
{
    private const int MaxFields = 50_000;

    private readonly ConcurrentDictionary<Guid, DescribedSchema> _known = new();

    /// <summary>The company's fields and objects as they are now.</summary>
    public async Task<DescribedSchema> GetAsync(MetadataDbContext db, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        // The version first: what is newer than it is read once more.
        var version = await db.VersionAsync(cancellationToken);
        if (_known.TryGetValue(tenant, out var known) && known.Version == version)
            return known;
        var objects = await db.Objects.AsNoTracking().Where(row => row.DeleteTime == null).OrderBy(row => row.Key).ToListAsync(cancellationToken);
        var rows = await db.Fields.AsNoTracking().Where(row => row.DeleteTime == null).ToListAsync(cancellationToken);
        var fields = await db.WithChoicesAsync(rows.Select(row => row.ToMessage()), cancellationToken);
        var schema = new DescribedSchema(version, [.. objects.Select(row => row.ToMessage())], fields);
        if (_known.Values.Sum(other => other.FieldCount) + schema.FieldCount > MaxFields)
            _known.Clear();
        return _known[tenant] = schema;
    }
}

/// <summary>What a company defined, at one version.</summary>
internal sealed class DescribedSchema
{
    private readonly ILookup<string, V1.Field> _fields;
    private readonly ConcurrentDictionary<string, TenantFields> _compiled = new(StringComparer.Ordinal);

    public DescribedSchema(long version, IReadOnlyList<V1.ObjectType> objects, IReadOnlyList<V1.Field> fields)
    {
        (Version, Objects, FieldCount) = (version, objects, fields.Count);
        _fields = fields.ToLookup(field => field.Resource, StringComparer.Ordinal);
    }

    public long Version { get; }

    public int FieldCount { get; }

    /// <summary>The objects in use, in the order of their keys.</summary>
    public IReadOnlyList<V1.ObjectType> Objects { get; }

    /// <summary>The fields on a kind of record, each a copy.</summary>
    public IEnumerable<V1.Field> FieldsOf(string resource) => _fields[resource].Select(field => field.Clone());

    /// <summary>The same, ready for filters, with the fields that its roll-ups count.</summary>
    public TenantFields Compiled(string resource) => _compiled.GetOrAdd(resource, name => new TenantFields(new V1.Schema
    {
        Version = Version,
        // Of each once: a roll-up of this resource itself reads fields that are there already.
        Fields = { _fields[name], _fields[name].Select(field => field.RollUp?.Resource ?? name).Where(counted => counted != name).Distinct(StringComparer.Ordinal).SelectMany(counted => _fields[counted]) },
    }));
}
