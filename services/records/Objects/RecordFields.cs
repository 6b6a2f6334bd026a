using Platform.Filtering;

namespace Platform.Records.Objects;

/// <summary>What records may be filtered and sorted by.</summary>
internal static class RecordFields
{
    /// <summary>The fields of the records of one object.</summary>
    public static FilterSchema<Record> SchemaOf(string resource) => FilterSchema.Of<Record>(fields => fields
        .Id("id", record => record.Id)
        .Text("number", record => record.Number, sortable: true)
        .Text("name", record => record.Name, sortable: true)
        .Custom("custom_fields", record => record.CustomFields, resource, RecordKinds.Find)
        .Id("owner_id", record => record.OwnerId)
        .Instant("create_time", record => record.CreateTime, sortable: true)
        .Instant("update_time", record => record.UpdateTime, sortable: true));
}
