using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering.Fields;
using Platform.Filtering.Parsing;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>Ties a tree to the fields of a resource; keeps the first fault.</summary>
internal sealed class Binder<T>(FilterSchema<T> schema, TenantFields? fields, bool strict)
    where T : class
{
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);

    /// <summary>The first fault; null where there is none.</summary>
    public Error? Error { get; private set; }

    public IReadOnlySet<string> Fields => _fields;

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
        if (schema.Find(restriction.Field.First) is not { } field)
            return FilterErrors.At(restriction.Position, $"There is no field '{restriction.Field.First}'.{FilterErrors.DidYouMean(restriction.Field.First, schema.Names)}");
        // Of custom fields the one that is read, because each has its own rules.
        _fields.Add(field.Kind == FilterKind.Custom && restriction.Field.Parts.Count > 1 ? $"{field.Name}.{restriction.Field.Parts[1]}" : field.Name);
        _fields.UnionWith(field.AlsoReads(restriction));
        if (restriction.Argument is Literal { Value: "true", IsQuoted: false } bare && bare.Position == restriction.Position && field.Kind is not (FilterKind.Boolean or FilterKind.Custom))
            return FilterErrors.At(restriction.Position, $"Compare '{restriction.Field.Text}' with something: {restriction.Field.Text} = …, or {restriction.Field.Text}:* for any value.");
        return field is CustomField<T> custom ? custom.Bind(restriction, fields, strict) : field.Bind(restriction);
    }
}
