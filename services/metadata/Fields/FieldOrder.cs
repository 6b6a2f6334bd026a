namespace Platform.Metadata.Fields;

/// <summary>The order in which forms show fields.</summary>
internal static class FieldOrder
{
    /// <summary>By resource, section and position; what is equal in them by age. Deleted ones come last.</summary>
    public static IEnumerable<V1.Field> InOrder(this IEnumerable<V1.Field> fields) => fields
        .OrderBy(field => field.Resource, StringComparer.Ordinal)
        .ThenBy(field => field.DeleteTime is not null)
        .ThenBy(field => field.Section, StringComparer.Ordinal)
        .ThenBy(field => field.Position)
        .ThenBy(field => field.Id, StringComparer.Ordinal);
}
