using System.Collections.Frozen;
using System.Linq.Expressions;
using Platform.CustomFields;
using Platform.Filtering.Fields;

namespace Platform.Filtering;

/// <summary>The fields of a resource that expressions and sort orders may name. Made once, by <see cref="FilterSchema.Of{T}"/>.</summary>
public sealed class FilterSchema<T>
    where T : class
{
    private readonly FrozenDictionary<string, FilterField<T>> _fields;
    private readonly FrozenDictionary<string, RelatedField<T>> _related;
    private readonly FrozenDictionary<string, AmongField<T>> _groups;

    internal FilterSchema(ParameterExpression row, IEnumerable<FilterField<T>> fields, IEnumerable<RelatedField<T>> related, IEnumerable<AmongField<T>> groups)
    {
        (Row, _fields) = (row, fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal));
        _related = related.ToFrozenDictionary(other => other.Name, StringComparer.Ordinal);
        _groups = groups.ToFrozenDictionary(group => group.Name, StringComparer.Ordinal);
    }

    /// <summary>Names and kinds of the fields, in alphabetical order.</summary>
    public IEnumerable<(string Name, FilterKind Kind, bool Sortable)> Fields =>
        _fields.Values.OrderBy(declared => declared.Name, StringComparer.Ordinal).Select(declared => (declared.Name, declared.Kind, declared.SortKey is not null));

    internal ParameterExpression Row { get; }

    internal IEnumerable<string> Names => [.. _fields.Keys, .. _related.Keys, .. _groups.Keys];

    internal IEnumerable<string> SortableNames => _fields.Values.Where(declared => declared.SortKey is not null).Select(declared => declared.Name);

    internal FilterField<T>? Find(string name) => _fields.GetValueOrDefault(name);

    /// <summary>The record of that name that rows name; null where there is none.</summary>
    internal RelatedField<T>? FindRelated(string name) => _related.GetValueOrDefault(name);

    /// <summary>The groups of that name whose members rows may be; null where there are none.</summary>
    internal AmongField<T>? FindGroup(string name) => _groups.GetValueOrDefault(name);

    /// <summary>The same, where the name may be that of a field that the tenant added.</summary>
    internal FilterField<T>? Find(string name, TenantFields? fields) => name.Split('.', 2) is [var first, var key] && Find(first) is CustomField<T> custom
        ? custom.KnownIn(fields) is { } known ? custom.Find(known, key) : null
        : Find(name);

    /// <summary>The kept values that have the order of that field; null where there are none.</summary>
    internal KeptOrder? KeptOrderOf(string name, TenantFields? fields) =>
        name.Split('.', 2) is [var first, var key] && Find(first) is CustomField<T> custom ? custom.KeptOrderOf(key, fields) : null;

    /// <summary>The fields that the tenant added, by their whole names.</summary>
    internal IEnumerable<string> CustomNames(TenantFields? fields) => _fields.Values.OfType<CustomField<T>>()
        .SelectMany(custom => custom.KnownIn(fields)?.All.Select(field => $"{custom.Name}.{field.Key}") ?? []);
}

/// <summary>Makes schemas.</summary>
public static class FilterSchema
{
    /// <summary>Declares the fields of a resource by their snake_case names in REST and proto.</summary>
    /// <example><code>FilterSchema.Of&lt;Deal&gt;(fields => fields.Text("name", deal => deal.Name, sortable: true))</code></example>
    public static FilterSchema<T> Of<T>(Action<FilterSchemaBuilder<T>> declare)
        where T : class
    {
        var builder = new FilterSchemaBuilder<T>();
        declare(builder);
        return builder.Build();
    }
}
