using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Objects;
using Platform.Metadata.Resources;
using Platform.Metadata.Schemas;
using Platform.Tenancy;

namespace Platform.Metadata.Shapes;

/// <summary>What use cases of shapes work with; remembers the resources that a call has looked at.</summary>
internal sealed class ShapeWork(MetadataDbContext db, DescribedSchemas schemas, TimeProvider time)
{
    private readonly Dictionary<string, ResourceShape?> _resources = new(StringComparer.Ordinal);

    public MetadataDbContext Db => db;

    public Caller Caller => db.Caller;

    public TimeProvider Time => time;

    /// <summary>The resource with the company's fields; null where there is no such resource.</summary>
    public async ValueTask<ResourceShape?> FindAsync(string resource, CancellationToken cancellationToken)
    {
        if (_resources.TryGetValue(resource, out var known))
            return known;
        return _resources[resource] = await LoadAsync(resource, cancellationToken);
    }

    /// <summary>Every object that the company has in use, in the order of their keys, and these resources: by one statement where nothing changed, however many there are.</summary>
    public async Task<List<ResourceShape>> LoadAllAsync(IEnumerable<ResourceInfo> resources, bool withObjects, CancellationToken cancellationToken)
    {
        var schema = await schemas.GetAsync(db, cancellationToken);
        var all = resources.Select(info => (Info: info, Defined: (V1.ObjectType?)null))
            .Concat(withObjects ? schema.Objects.Select(defined => (Info: ResourceCatalogue.Find(defined.Resource)!, Defined: (V1.ObjectType?)defined)) : []);
        return [.. all.Select(known => ResourceShape.Of(db.Caller, known.Info, known.Defined, schema.FieldsOf(known.Info.Name), schema.Compiled(known.Info.Name)))];
    }

    private async Task<ResourceShape?> LoadAsync(string resource, CancellationToken cancellationToken)
    {
        var info = ResourceCatalogue.Find(resource);
        var defined = info is null ? null : await ObjectReferences.FindAsync(db, resource, cancellationToken);
        return info is not { HasCustomFields: true } || (info.Rows.Length > 0 && defined is null)
            ? null
            : await ResourceShape.LoadAsync(db, info, defined, await db.VersionAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Whether what does not fit is kept and shown as a problem, as when an earlier state is brought back.</summary>
    public bool IsTolerant { get; set; }

    /// <summary>What was known of resources may have changed.</summary>
    public void Forget() => _resources.Clear();

    public static Fault NoResource => new("resource", FieldRules.ResourceAdvice);
}
