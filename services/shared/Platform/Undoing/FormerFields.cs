using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.CustomFields.V1;

namespace Platform.Undoing;

/// <summary>The custom fields of a record that is to be as it was before an import.</summary>
public static class FormerFields
{
    /// <summary>
    /// What people write, and what was there when the import wrote, is as it was. The platform's own work on custom fields leaves the time of
    /// change alone: so what a field that is no more left behind, numbers that were given, and the values of a field that was made since,
    /// are as the record has them, and not as it had them.
    /// </summary>
    /// <param name="before">What it had; null for nothing.</param>
    /// <param name="now">What it has.</param>
    /// <param name="left">When the import last wrote it.</param>
    /// <param name="fields">The company's.</param>
    public static Struct Of(Struct? before, Struct now, DateTimeOffset left, ResourceFields fields)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(fields);
        var values = new Struct();
        foreach (var (key, value) in before?.Fields ?? [])
        {
            if (WasThere(key) && !fields.Find(key)!.Definition.IsComputed())
                values.Fields[key] = value;
        }

        foreach (var (key, value) in now.Fields)
        {
            if (!WasThere(key) || fields.Find(key) is { Type: FieldType.AutoNumber })
                values.Fields[key] = value.Clone();
        }

        return values;

        bool WasThere(string key) => fields.Find(key) is { } known && !(known.Definition.CreateTime?.ToDateTimeOffset() > left);
    }
}
