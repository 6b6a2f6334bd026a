using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.V1;

namespace Platform.Undoing;

/// <summary>A record as it was, noted with the write that changed it.</summary>
public static class NotedMessage
{
    /// <summary>
    /// The message by which the record is as it was. The platform's own work on custom fields leaves the time of change alone. So what a field
    /// that is no more left behind, numbers that were given, and the values of a field that was made since, are as the record has them now.
    /// </summary>
    /// <param name="before">What was noted.</param>
    /// <param name="now">The custom fields that the record has now; empty where it is gone.</param>
    /// <param name="fields">Those of the company.</param>
    /// <param name="noted">When it was noted: fields that were made later are not put back.</param>
    public static void Mend(IMessage before, Struct now, ResourceFields fields, DateTimeOffset noted)
    {
        if (before.Descriptor.FindFieldByName(ResourceInfo.CustomFields) is not { } field)
            return;
        var values = new Struct();
        foreach (var (key, value) in ((Struct?)field.Accessor.GetValue(before) ?? new Struct()).Fields)
        {
            if (WasThere(key) && !fields.Find(key)!.Definition.IsComputed())
                values.Fields[key] = value;
        }

        foreach (var (key, value) in now.Fields)
        {
            if (!WasThere(key) || fields.Find(key) is { Type: FieldType.AutoNumber })
                values.Fields[key] = value.Clone();
        }

        field.Accessor.SetValue(before, values);

        bool WasThere(string key) => fields.Find(key) is { } known && !(known.Definition.CreateTime?.ToDateTimeOffset() > noted);
    }
}
