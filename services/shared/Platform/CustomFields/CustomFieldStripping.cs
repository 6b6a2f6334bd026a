using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields.Formulas;

namespace Platform.CustomFields;

/// <summary>Takes values of fields that are not in use out of every record in a message, and gives those of formulas their names.</summary>
internal static class CustomFieldStripping
{
    /// <param name="message">The message.</param>
    /// <param name="fields">Those in use; null where they are not known.</param>
    /// <param name="access">Who is told; null for everything.</param>
    public static void Apply(IMessage message, TenantFields? fields, PersonAccess? access = null)
    {
        if (ResourcePaths.Of(message.Descriptor) is { IsEmpty: false } paths)
            paths.Visit(message, (record, resource) => Strip(record, resource, fields, access));
    }

    /// <summary>The same for an event: without what is confidential, too.</summary>
    public static void ApplyToEvent(IMessage message, TenantFields fields)
    {
        if (ResourcePaths.Of(message.Descriptor) is { IsEmpty: false } paths)
            paths.Visit(message, (record, resource) => Replace(record, values => fields.Of(resource.Name).Published(values)));
    }

    private static void Strip(IMessage record, ResourceInfo resource, TenantFields? fields, PersonAccess? access) => Replace(record, values =>
        fields is null ? ResourceFields.Without(values, ResourceFormulas.IsComputed) : fields.Of(resource.Name).Visible(values, access?.FieldsOf(resource.Name)));

    private static void Replace(IMessage record, Func<Struct, Struct> change)
    {
        if (record.Descriptor.FindFieldByName(ResourceInfo.CustomFields) is not { } field || field.Accessor.GetValue(record) is not Struct values)
            return;
        var visible = change(values);
        // Another object, because this one may be the record's own.
        if (!ReferenceEquals(visible, values))
            field.Accessor.SetValue(record, visible);
    }
}
