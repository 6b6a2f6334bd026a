using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.Relations;
using Platform.CustomFields.V1;

namespace Platform.Records.Links;

/// <summary>A value that leads to a record.</summary>
/// <param name="Field">The field.</param>
/// <param name="Target">Id of the record.</param>
internal sealed record Relation(Field Field, Guid Target)
{
    /// <summary>Whether it leads to a record of this service.</summary>
    public bool IsAmongRecords => Field.RelatedResource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal);
}

/// <summary>Where the values of records lead.</summary>
internal static class Relations
{
    /// <summary>Where the values lead, each place once.</summary>
    public static IEnumerable<Relation> Of(ResourceFields fields, Struct? values) => fields.All.Where(field => field.Definition.IsRelation())
        .SelectMany(field => RelationValues.Of(values, field.Key).Distinct().Select(id => new Relation(field.Definition, id)));

    /// <summary>The field that the link is of; null where it is none any more.</summary>
    public static Field? FieldOf(TenantFields fields, RecordLink link) =>
        fields.Of(ResourceCatalogue.ObjectPrefix + link.SourceKey).Find(link.FieldKey)?.Definition is { } field && field.IsRelation() ? field : null;

    /// <summary>The fields of objects in use that lead to records of a kind and say what follows when one is deleted, in one order for all.</summary>
    public static IReadOnlyList<Field> Following(TenantFields fields, string resource) =>
    [
        .. fields.All.Where(known => known.Resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal) && fields.HasObject(known.Resource)).SelectMany(known => known.All)
            .Select(field => field.Definition).Where(field => field.IsRelation() && field.RelatedResource == resource && RuleOf(field) != RelationDeletion.Unspecified)
            .OrderBy(field => field.Resource, StringComparer.Ordinal).ThenBy(field => field.Key, StringComparer.Ordinal),
    ];

    /// <summary>What becomes of the record: of a list, a value that leads to nothing goes.</summary>
    public static RelationDeletion RuleOf(Field field) =>
        field is { OnDelete: RelationDeletion.Unspecified, Type: FieldType.Relations } ? RelationDeletion.Clear : field.OnDelete;

    /// <summary>The values without one id in one field.</summary>
    public static Struct Without(Struct values, string key, Guid id)
    {
        var without = values.Clone();
        if (values.Fields[key].KindCase == Value.KindOneofCase.ListValue && RelationValues.Of(values, key).Where(known => known != id).ToList() is { Count: > 0 } left)
            without.Fields[key] = RelationValues.ListOf(left);
        else
            without.Fields.Remove(key);
        return without;
    }

    /// <summary>The values with the id in the field again; null where another has come in its place.</summary>
    public static Struct? With(Struct values, Field field, Guid id)
    {
        var known = RelationValues.Of(values, field.Key).ToList();
        if (known.Count >= (field.Type == FieldType.Relations ? RelationValues.Most : 1))
            return null;
        var with = values.Clone();
        with.Fields[field.Key] = field.Type == FieldType.Relations ? RelationValues.ListOf([.. known, id]) : Value.ForString(id.ToString());
        return with;
    }
}
