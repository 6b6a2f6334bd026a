using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Filtering;

namespace Platform.Tests.Filtering;

/// <summary>What specimens may belong to.</summary>
public sealed class SpecimenGroup : Entity
{
    public string Title { get; set; } = "";

    public string? Remark { get; set; }

    public decimal? Rank { get; set; }

    public DateOnly? Day { get; set; }

    public Guid? GroupId { get; set; }

    public Struct CustomFields { get; set; } = new();

    public static FilterSchema<SpecimenGroup> Schema { get; } = FilterSchema.Of<SpecimenGroup>(fields => fields
        .Text("title", row => row.Title)
        .Text("remark", row => row.Remark)
        .Number("rank", row => row.Rank)
        .Date("day", row => row.Day)
        .Related("group", "group_id", row => row.GroupId, () => Schema!, () => "", db => db.Set<SpecimenGroup>())
        .Custom("custom_fields", row => row.CustomFields));
}
