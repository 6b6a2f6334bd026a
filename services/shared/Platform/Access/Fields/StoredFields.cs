using Google.Protobuf;
using Platform.Tenancy;

namespace Platform.Access.Fields;

/// <summary>Updates that replace a record as a whole.</summary>
public static class StoredFields
{
    /// <summary>Puts what the caller may not write from the stored record into the new one, so that leaving it out keeps it.</summary>
    public static void KeepRestricted<T>(this Caller caller, ResourceInfo resource, T stored, T change)
        where T : IMessage<T>
    {
        if (caller.Access is not { } access)
            return;
        foreach (var name in access.FieldsOf(resource.Name).Restricted.Select(field => field.Segments[0]).Distinct())
        {
            if (change.Descriptor.FindFieldByName(name) is not { IsRepeated: false, IsMap: false } field)
                continue;
            if (field.Accessor.GetValue(stored) is { } value)
                field.Accessor.SetValue(change, value);
        }
    }
}
