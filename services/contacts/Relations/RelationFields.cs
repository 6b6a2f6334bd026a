using Platform.Filtering;

namespace Platform.Contacts.Relations;

/// <summary>What relations may be filtered and sorted by.</summary>
internal static class RelationFields
{
    public static FilterSchema<Relation> Schema { get; } = FilterSchema.Of<Relation>(fields => fields
        .Id("id", relation => relation.Id)
        .Choice("kind", relation => relation.Kind)
        .Id("from_person_id", relation => relation.FromPersonId)
        .Id("from_company_id", relation => relation.FromCompanyId)
        .Id("to_person_id", relation => relation.ToPersonId)
        .Id("to_company_id", relation => relation.ToCompanyId)
        .Text("label", relation => relation.Label, sortable: true)
        .Text("reverse_label", relation => relation.ReverseLabel, sortable: true)
        .Instant("create_time", relation => relation.CreateTime, sortable: true)
        .Instant("update_time", relation => relation.UpdateTime, sortable: true)
        .Custom("custom_fields", relation => relation.CustomFields, "contacts.relation")
        .Id("owner_id", relation => relation.OwnerId));
}
