using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering.Fields;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Conditions;

/// <summary>Ties a tree to the fields of a resource; keeps the first fault.</summary>
internal sealed class Binder<T>(FilterSchema<T> schema, TenantFields? fields, bool strict)
    where T : class
{
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<RelatedRead> _related = [];
    private readonly HashSet<string> _links = new(StringComparer.Ordinal);

    /// <summary>The record by way of which this one is reached; null for the one that is asked for.</summary>
    public string? Via { get; init; }

    /// <summary>The first fault; null where there is none.</summary>
    public Error? Error { get; private set; }

    public IReadOnlySet<string> Fields => _fields;

    /// <summary>Fields that have the ids of those records.</summary>
    public IReadOnlySet<string> Links => _links;

    /// <summary>What is read of other records.</summary>
    public IReadOnlySet<RelatedRead> Related => _related;

    public Condition<T> Bind(Node node) => node switch
    {
        AllOf all => new Combination<T>(BindAll(all.Items), all: true),
        AnyOf any => new Combination<T>(BindAll(any.Items), all: false),
        Negation negation => new Inversion<T>(Bind(negation.Inner)),
        Restriction restriction => Bind(restriction),
        _ => throw new InvalidOperationException("There is no such node."),
    };

    private Condition<T>[] BindAll(IReadOnlyList<Node> nodes) => [.. nodes.Select(Bind)];

    private Condition<T> Bind(Restriction restriction)
    {
        var bound = restriction.Field.First == CallerConditions.Prefix ? CallerConditions.Bind<T>(restriction) : BindField(restriction);
        if (!bound.IsError)
            return bound.Value;
        Error ??= bound.Error;
        return new Combination<T>([], all: true);
    }

    private Result<Condition<T>> BindField(Restriction restriction)
    {
        if (schema.FindRelated(restriction.Field.First) is { } other)
            return BindRelated(restriction, other);
        if (schema.FindGroup(restriction.Field.First) is { } group)
            return BindGroup(restriction, group);
        if (schema.Find(restriction.Field.First) is not { } field)
            return FilterErrors.At(restriction.Position, Say($"There is no field '{Path(restriction.Field.First)}'.{FilterErrors.DidYouMean(Path(restriction.Field.First), schema.Names.Select(Path))}"));
        if (field is CustomField<T> parent && parent.RelationIn(restriction.Field, fields) is { } relation)
            return parent.RelatedBy(relation) is { } leading
                ? BindRelated(restriction with { Field = restriction.Field with { Parts = [leading.Name, .. restriction.Field.Parts.Skip(2)] } }, leading)
                : FilterErrors.At(restriction.Position, Say($"'{parent.Name}.{relation.Key}' leads to records of another service: compare it with an id."));
        // Of custom fields the one that is read, because each has its own rules.
        _fields.Add(field.Kind == FilterKind.Custom && restriction.Field.Parts.Count > 1 ? $"{field.Name}.{restriction.Field.Parts[1]}" : field.Name);
        _fields.UnionWith(field.AlsoReads(restriction));
        if (restriction.Argument is Literal { Value: "true", IsQuoted: false } bare && bare.Position == restriction.Position && field.Kind is not (FilterKind.Boolean or FilterKind.Custom))
            return FilterErrors.At(restriction.Position, Say($"Compare '{restriction.Field.Text}' with something: {restriction.Field.Text} = …, or {restriction.Field.Text}:* for any value."));
        return field is CustomField<T> custom ? custom.Bind(restriction, fields, strict) : field.Bind(restriction);
    }

    private Result<Condition<T>> BindRelated(Restriction restriction, RelatedField<T> other)
    {
        if (Via is not null)
            return FilterErrors.At(restriction.Position, Say($"A filter goes to one record and no further: '{Via}.{other.Name}' is two away."));
        _links.Add(other.IdField);
        _fields.UnionWith([other.IdField, restriction.Field.Parts.Count == 1 ? other.Name : $"{other.Name}.{restriction.Field.Parts[1]}"]);
        return other.Bind(restriction, fields, strict, _related);
    }

    private Result<Condition<T>> BindGroup(Restriction restriction, AmongField<T> group)
    {
        _fields.Add(group.Name);
        return group.Bind(restriction);
    }

    private string Path(string name) => Via is null ? name : $"{Via}.{name}";
}
