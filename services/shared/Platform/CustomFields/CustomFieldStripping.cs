using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Access.Fields;

namespace Platform.CustomFields;

/// <summary>Takes values of fields that are not in use out of every record in a message.</summary>
internal static class CustomFieldStripping
{
    public static void Apply(IMessage message, TenantFields fields)
    {
        if (ResourcePaths.Of(message.Descriptor) is { IsEmpty: false } paths)
            paths.Visit(message, (record, resource) => Strip(record, resource, fields));
    }

    private static void Strip(IMessage record, ResourceInfo resource, TenantFields fields)
    {
        if (record.Descriptor.FindFieldByName(ResourceInfo.CustomFields) is not { } field || field.Accessor.GetValue(record) is not Struct values)
            return;
        var visible = fields.Of(resource.Name).Visible(values);
        // Another object, because this one may be the record's own.
        if (!ReferenceEquals(visible, values))
            field.Accessor.SetValue(record, visible);
    }
}
