using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>A record that this one names: <c>company.name</c>. Its fields are compared as they are in filters of its own.</summary>
internal abstract class RelatedField<T>(string name, string idField)
{
    public string Name => name;

    /// <summary>The field of this row that has the other's id.</summary>
    public string IdField => idField;

    /// <summary>Ties the comparison to the other record.</summary>
    /// <param name="restriction">The comparison; the first name of its path is this field.</param>
    /// <param name="fields">Those that the tenant added; null where their types are not known.</param>
    /// <param name="strict">Whether a custom field that the tenant does not have is a fault.</param>
    /// <param name="read">Takes the fields of the other record that the comparison looks at.</param>
    public abstract Result<Condition<T>> Bind(Restriction restriction, TenantFields? fields, bool strict, ISet<RelatedRead> read);
}

/// <summary>A field of another record that an expression looks at.</summary>
/// <param name="Resource">The kind of that record; empty where no rules of fields hold for it.</param>
/// <param name="Field">The field.</param>
internal sealed record RelatedRead(string Resource, string Field);

/// <param name="name">As the expression names the record.</param>
/// <param name="idField">The field of this row that has its id.</param>
/// <param name="tie">Ties a condition of the other record to this row; told whether it asks for presence.</param>
/// <param name="schema">What may be asked of it.</param>
/// <param name="resource">Its kind.</param>
internal sealed class RelatedField<T, TRelated>(
    string name, string idField, Func<Condition<TRelated>, bool, Condition<T>> tie, Func<FilterSchema<TRelated>> schema, Func<string> resource) : RelatedField<T>(name, idField)
    where TRelated : class
{
    public override Result<Condition<T>> Bind(Restriction restriction, TenantFields? fields, bool strict, ISet<RelatedRead> read)
    {
        var presence = FilterField<T>.AsksPresence(restriction);
        if (restriction.Field.Parts.Count == 1)
            return presence is { } wanted
                ? FilterField<T>.WithNot(tie(new Combination<TRelated>([], all: true), true), wanted)
                : FilterErrors.At(restriction.Position, Say($"Name a field of it: {Name}.{schema().Names.Order(StringComparer.Ordinal).First()}, or ask by {Name}:* whether there is one."));
        var inner = restriction with { Field = restriction.Field with { Parts = [.. restriction.Field.Parts.Skip(1)] } };
        // Whether there is a value is always known, also where there is no record that could have it.
        if (presence is not null)
            inner = inner with { Comparator = Comparator.Has, Argument = new Literal("*", ["", ""], IsQuoted: false, restriction.Argument.Position) };
        var binder = new Binder<TRelated>(schema(), fields, strict) { Via = Name };
        var condition = binder.Bind(inner);
        if (binder.Error is { } error)
            return error;
        read.UnionWith(binder.Fields.Select(field => new RelatedRead(resource(), field)));
        return FilterField<T>.WithNot(tie(condition, presence is not null), presence ?? true);
    }
}
