using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Layouts;
using Platform.Tenancy;

namespace Platform.Metadata.Resources;

/// <summary>The fields of a resource as the company has them now: what views, layouts and widgets may name.</summary>
internal sealed class ResourceShape
{
    private readonly Dictionary<string, V1.FieldDescriptor> _byPath;

    private ResourceShape(ResourceInfo info, Heading label, TenantFields custom, V1.ResourceDescriptor descriptor)
    {
        (Info, Label, Custom, Descriptor) = (info, label, custom, descriptor);
        _byPath = descriptor.Fields.ToDictionary(field => field.Path, StringComparer.Ordinal);
    }

    public ResourceInfo Info { get; }

    public string Name => Info.Name;

    /// <summary>What one record is called, in every language.</summary>
    public Heading Label { get; }

    /// <summary>Those that the company added.</summary>
    public TenantFields Custom { get; }

    /// <summary>The same as clients are told, for the caller.</summary>
    public V1.ResourceDescriptor Descriptor { get; }

    public IReadOnlyList<V1.FieldDescriptor> Fields => Descriptor.Fields;

    public static async Task<ResourceShape> LoadAsync(MetadataDbContext db, ResourceInfo info, V1.ObjectType? defined, long version, CancellationToken cancellationToken)
    {
        var rows = await db.Fields.AsNoTracking().Where(row => row.Resource == info.Name && row.DeleteTime == null).ToListAsync(cancellationToken);
        var fields = await db.WithChoicesAsync(rows.Select(row => row.ToMessage()), cancellationToken);
        var custom = new TenantFields(new V1.Schema { Version = version, Fields = { fields.Select(field => field.Clone()), await CountedAsync(db, info, fields, cancellationToken) } });
        return Of(db.Caller, info, defined, fields, custom);
    }

    /// <summary>The same of fields that are known already.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="info">The kind of record.</param>
    /// <param name="defined">What the company said of it, where it is an object of its own.</param>
    /// <param name="fields">The fields on it; their texts are put into the language of the call.</param>
    /// <param name="custom">They, and those on the kinds of records that roll-ups of this one read.</param>
    public static ResourceShape Of(Caller caller, ResourceInfo info, V1.ObjectType? defined, IEnumerable<V1.Field> fields, TenantFields custom)
    {
        // A formula that reads what is hidden is hidden too.
        caller.Narrow(custom);
        return new ResourceShape(info, LabelOf(info, defined), custom, new Description(info, caller, Language.Current, defined).Whole(fields, custom.Version));
    }

    private static Heading LabelOf(ResourceInfo info, V1.ObjectType? defined) => defined is null
        ? Heading.Of(ResourceTexts.LabelOf(info.Name, "en"), ResourceTexts.LabelOf(info.Name, "de"), ResourceTexts.LabelOf(info.Name, "ru"))
        : new Heading(defined.Label, new Dictionary<string, string>(defined.LabelTranslations, StringComparer.Ordinal) { ["en"] = Language.Pick(defined.LabelTranslations, "en", defined.Label) });

    // What roll-ups of this resource read: who may not see it does not see the roll-up.
    private static async Task<IReadOnlyList<V1.Field>> CountedAsync(MetadataDbContext db, ResourceInfo info, IReadOnlyList<V1.Field> fields, CancellationToken cancellationToken)
    {
        var resources = fields.Select(field => field.RollUp?.Resource ?? info.Name).Where(resource => resource != info.Name).Distinct(StringComparer.Ordinal).ToArray();
        if (resources.Length == 0)
            return [];
        var rows = await db.Fields.AsNoTracking().Where(row => resources.Contains(row.Resource) && row.DeleteTime == null).ToListAsync(cancellationToken);
        return await db.WithChoicesAsync(rows.Select(row => row.ToMessage()), cancellationToken);
    }

    /// <summary>The field of that path; null where there is none.</summary>
    public V1.FieldDescriptor? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The filter as it is evaluated for a record of this kind, or what is wrong with it and where.</summary>
    public Result<BoundFilter<IMessage>> Bind(string filter)
    {
        var parsed = Filter.Parse(filter);
        return parsed.IsError ? parsed.Error : parsed.Value.Bind(FilterableFields.SchemaOf(Info), Custom);
    }
}
