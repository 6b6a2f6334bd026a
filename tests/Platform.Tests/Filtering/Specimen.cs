using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.Filtering;

namespace Platform.Tests.Filtering;

/// <summary>A row with a field of every kind, each with and without null.</summary>
public sealed class Specimen : Entity
{
    public string Name { get; set; } = "";

    public string? Note { get; set; }

    public decimal Price { get; set; }

    public decimal? Discount { get; set; }

    public int Count { get; set; }

    public long? Size { get; set; }

    public bool Active { get; set; }

    public bool? Checked { get; set; }

    public DateOnly Day { get; set; }

    public DateOnly? DueDate { get; set; }

    public DateTimeOffset? SeenTime { get; set; }

    public LeadStatus Status { get; set; }

    public LeadStatus? NextStatus { get; set; }

    public Guid? OwnerId { get; set; }

    public List<string> Tags { get; set; } = [];

    public List<Guid>? TeamIds { get; set; }

    public decimal? Amount { get; set; }

    public string Currency { get; set; } = "";

    public decimal? Rate { get; set; }

    public Guid? GroupId { get; set; }

    public Struct CustomFields { get; set; } = new();

    public static FilterSchema<Specimen> Schema { get; } = FilterSchema.Of<Specimen>(fields => fields
        .Id("id", row => row.Id, sortable: true)
        .Text("name", row => row.Name, sortable: true)
        .Text("note", row => row.Note, sortable: true)
        .Number("price", row => row.Price, sortable: true)
        .Number("discount", row => row.Discount, sortable: true)
        .Number("count", row => row.Count, sortable: true)
        .Number("size", row => row.Size, sortable: true)
        .Boolean("active", row => row.Active)
        .Boolean("checked", row => row.Checked)
        .Date("day", row => row.Day, sortable: true)
        .Date("due_date", row => row.DueDate, sortable: true)
        .Instant("create_time", row => row.CreateTime, sortable: true)
        .Instant("seen_time", row => row.SeenTime, sortable: true)
        .Choice("status", row => row.Status)
        .Choice("next_status", row => row.NextStatus)
        .Id("owner_id", row => row.OwnerId)
        .TextList("tags", row => row.Tags)
        .IdList("team_ids", row => row.TeamIds)
        .Id("group_id", row => row.GroupId)
        .Related("group", "group_id", row => row.GroupId, () => SpecimenGroup.Schema, () => "", db => db.Set<SpecimenGroup>())
        .Related("model", "owner_id", row => row.OwnerId, () => Schema!, () => "", db => db.Set<Specimen>())
        .Money("amount", row => row.Amount, row => row.Currency, sortable: true)
        .Money("worth", row => row.Amount, row => row.Currency, sortable: true, rate: row => row.Rate)
        .Money("cost", row => row.Price, row => row.Currency, sortable: true, rate: row => row.Rate)
        .Custom("custom_fields", row => row.CustomFields));
}

public sealed class SpecimenDbContext(DbContextOptions<SpecimenDbContext> options) : PlatformDbContext(options)
{
    public DbSet<Specimen> Specimens => Set<Specimen>();

    public DbSet<SpecimenGroup> Groups => Set<SpecimenGroup>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Specimen>().IsResource("specimens");
        model.Entity<SpecimenGroup>().IsResource("specimen_groups");
        model.Entity<Specimen>().Property(row => row.Status).HasConversion<string>();
        model.Entity<Specimen>().Property(row => row.NextStatus).HasConversion<string>();
    }
}
