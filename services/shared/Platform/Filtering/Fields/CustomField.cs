using System.Linq.Expressions;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>
/// Fields that the tenant defined. Where their types are known, each is a field of its type. Where they are not, the kind of a
/// comparison is that of its value: a number without quotes is compared with numbers only, true and false with those, all else
/// with text. A row whose value is of another kind is unknown.
/// </summary>
/// <param name="name">The name of the whole: <c>custom_fields</c>.</param>
/// <param name="row">The schema's row.</param>
/// <param name="accessor">Reads the whole.</param>
/// <param name="resource">The kind of record whose fields they are; empty where nobody defines any.</param>
/// <param name="related">The kinds of records of this service that relations may lead to, by name.</param>
internal sealed class CustomField<T>(string name, ParameterExpression row, LambdaExpression accessor, string resource, Func<string, ProtectedResource?>? related) : FilterField<T>(name, FilterKind.Custom)
    where T : class
{
    private static readonly bool IsEntity = typeof(T).IsSubclassOf(typeof(Entity));

    private readonly Accessor<T, Struct> _accessor = Accessor.Of<T, Struct>(row, accessor);

    /// <summary>The fields that the tenant defined here; null where they are not known.</summary>
    public ResourceFields? KnownIn(TenantFields? fields) => resource.Length == 0 ? null : fields?.Of(resource);

    /// <summary>The field of that key, of its type; null where the tenant has none.</summary>
    public FilterField<T>? Find(ResourceFields known, string key) =>
        known.Find(key) is { } field ? TypedFields.Of($"{Name}.{key}", row, _accessor, field, hasRates: IsEntity && known.MoneyKeys.Contains(field.StoredKey)) : null;

    /// <summary>The kept values of that field, where they are there for all records and in the same order.</summary>
    public KeptOrder? KeptOrderOf(string key, TenantFields? fields) => !IsEntity || KnownIn(fields)?.Find(key) is not { } field ? null
        : field.IsBeside ? RollUpFilterField.OrderOf(fields!.FindRollUp(resource, key))
        : fields!.IsReady(resource, field.StoredKey) && KeptTexts.AreInOrder(field.Definition.ValueType()) ? new KeptOrder(resource, field.StoredKey) : null;

    /// <summary>The relation by which a path goes on to other records: <c>custom_fields.machine.name</c>; null where it does not.</summary>
    public DefinedField? RelationIn(FieldPath path, TenantFields? fields) =>
        path.Parts is [_, var key, _, ..] && KnownIn(fields)?.Find(key) is { } field && field.Definition.IsRelation() ? field : null;

    /// <summary>The records that it leads to; null where they are those of another service.</summary>
    public RelatedField<T>? RelatedBy(DefinedField relation) =>
        related?.Invoke(relation.Definition.RelatedResource)?.LedToBy($"{Name}.{relation.Key}", new CustomValue<T>(_accessor, [relation.Key]).Itself);

    /// <summary>The same comparison where the types are known.</summary>
    public Result<Condition<T>> Bind(Restriction restriction, TenantFields? fields, bool strict)
    {
        if (restriction.Field.Parts.Count == 1 || KnownIn(fields) is not { } known)
            return Bind(restriction);
        var key = restriction.Field.Parts[1];
        if (known.Find(key) is not { } defined || Find(known, key) is not { } field)
            return strict ? Unknown(known, key, restriction.Position) : Bind(restriction);
        if (IsEntity && defined.IsBeside)
            return RollUpFilterField.Bind<T>(restriction with { Field = restriction.Field with { Parts = [field.Name, .. restriction.Field.Parts.Skip(2)] } }, row, _accessor, defined, fields!.FindRollUp(resource, key));
        if (AsksPresence(restriction) is { } present && restriction.Field.Parts.Count == 2)
            return WithNot(new CustomValue<T>(_accessor, [defined.StoredKey]).Presence(), present);
        var bound = field.Bind(restriction with { Field = restriction.Field with { Parts = [field.Name, .. restriction.Field.Parts.Skip(2)] } });
        if (!bound.IsError && IsEntity && defined.Type == FieldType.Relations && restriction.Argument is Literal sought && Guid.TryParse(sought.Value, out var target))
            return new LinkedComparison<T>(bound.Value, row, resource, key, target);
        return !bound.IsError && IsEntity && fields!.IsReady(resource, defined.StoredKey) && KeptTexts.Of(defined.Definition.ValueType(), restriction) is { } text
            ? new IndexedComparison<T>(bound.Value, row, resource, defined.StoredKey, restriction.Comparator, text, KeptTexts.AreWhole(defined.Definition.ValueType()))
            : bound;
    }

    public override Result<Condition<T>> Bind(Restriction restriction)
    {
        if (restriction.Field.Parts.Count == 1)
            return BindKey(restriction);
        var value = new CustomValue<T>(_accessor, restriction.Field.Parts.Skip(1));
        if (AsksPresence(restriction) is { } present)
            return WithNot(value.Presence(), present);
        // The parts of the path are keys from here on.
        var own = restriction with { Field = restriction.Field with { Parts = [restriction.Field.Text] } };
        return restriction.Argument switch
        {
            Literal { IsQuoted: false, Value: "true" or "false" } => new ScalarField<T, bool>(own.Field.First, FilterKind.Boolean, value.Boolean, Choices.Boolean) { IsOrdered = false }.Bind(own),
            Literal { IsQuoted: false } number when Numbers.ParseDecimal(number.Value) is not null => new ScalarField<T, decimal>(own.Field.First, FilterKind.Number, value.Number, Numbers.Decimal).Bind(own),
            _ => BindText(own, value),
        };
    }

    private Error Unknown(ResourceFields known, string key, int position) => FilterErrors.At(
        position, Say($"There is no field '{Name}.{key}'.{FilterErrors.DidYouMean($"{Name}.{key}", known.All.Select(field => $"{Name}.{field.Key}"))}"));

    // custom_fields:color asks for a key, as AIP-160 has it for maps.
    private Result<Condition<T>> BindKey(Restriction restriction) => restriction is { Comparator: Comparator.Has, Argument: Literal { IsWildcard: false } key }
        ? new CustomValue<T>(_accessor, [key.Value]).Presence()
        : FilterErrors.At(restriction.Position, Say($"Name a field: {Name}.color = \"red\"."));

    private static Result<Condition<T>> BindText(Restriction restriction, CustomValue<T> value)
    {
        var text = new TextField<T>(restriction.Field.First, value.Text).Compare(restriction);
        if (text.IsError || restriction is not { Comparator: Comparator.Has, Argument: Literal element } || Variable.IsMeant(element))
            return text;
        return new Combination<T>([text.Value, value.Contains(element.Value)], all: false);
    }
}
