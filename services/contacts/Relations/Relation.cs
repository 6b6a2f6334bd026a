using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.People;
using Platform.Data;

namespace Platform.Contacts.Relations;

/// <summary>
/// What a person or a company is to another one. Which two they are never changes, but by merges, which may lead both ends to one record: such a
/// relation is told to nobody, and is there again when the merge is taken back.
/// </summary>
internal sealed class Relation : ProtectedEntity, IProtected<Relation>
{
    public static ProtectedResource<Relation> Resource { get; } = new("contacts.relation", RelationFields.Schema) { Sight = (rows, db) => rows.VisibleTo((ContactsDbContext)db) };

    public const string Table = "relations";
    public const string FromPersonKey = "fk_relations_from_people";
    public const string FromCompanyKey = "fk_relations_from_companies";
    public const string ToPersonKey = "fk_relations_to_people";
    public const string ToCompanyKey = "fk_relations_to_companies";

    public V1.RelationKind Kind { get; private init; }

    public Guid? FromPersonId { get; private init; }

    public Guid? FromCompanyId { get; private init; }

    public Guid? ToPersonId { get; private init; }

    public Guid? ToCompanyId { get; private init; }

    /// <summary>What the first is to the second.</summary>
    public string Label { get; private set; } = "";

    /// <summary>What the second is to the first.</summary>
    public string ReverseLabel { get; private set; } = "";

    public Struct CustomFields { get; private set; } = new();

    public static void Map(EntityTypeBuilder<Relation> builder)
    {
        builder.IsProtectedResource(Table);
        // Those that were there before custom fields were have none.
        builder.Property(relation => relation.CustomFields).HasDefaultValueSql("'{}'::jsonb").ValueGeneratedNever();
        builder.Property(relation => relation.Kind).HasConversion<string>();
        builder.ToTable(table => table.HasCheckConstraint("ck_relations_ends", "num_nonnulls(from_person_id, from_company_id) = 1 AND num_nonnulls(to_person_id, to_company_id) = 1"));
        builder.HasIndex(relation => new { relation.TenantId, relation.FromPersonId, relation.Id });
        builder.HasIndex(relation => new { relation.TenantId, relation.FromCompanyId, relation.Id });
        builder.HasIndex(relation => new { relation.TenantId, relation.ToPersonId, relation.Id });
        builder.HasIndex(relation => new { relation.TenantId, relation.ToCompanyId, relation.Id });
        builder.HasOne<Person>().WithMany().HasForeignKey(relation => new { relation.TenantId, relation.FromPersonId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(FromPersonKey);
        builder.HasOne<Company>().WithMany().HasForeignKey(relation => new { relation.TenantId, relation.FromCompanyId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(FromCompanyKey);
        builder.HasOne<Person>().WithMany().HasForeignKey(relation => new { relation.TenantId, relation.ToPersonId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ToPersonKey);
        builder.HasOne<Company>().WithMany().HasForeignKey(relation => new { relation.TenantId, relation.ToCompanyId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ToCompanyKey);
    }

    public static Relation Create(V1.Relation message, DateTimeOffset now)
    {
        var relation = new Relation
        {
            Kind = message.Kind == V1.RelationKind.Unspecified ? V1.RelationKind.Labelled : message.Kind,
            FromPersonId = message.FromPersonId.ToIdOrNull(),
            FromCompanyId = message.FromCompanyId.ToIdOrNull(),
            ToPersonId = message.ToPersonId.ToIdOrNull(),
            ToCompanyId = message.ToCompanyId.ToIdOrNull(),
            CreateTime = now,
        };
        relation.Update(message, now);
        return relation;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Relation message, DateTimeOffset now) =>
        (Label, ReverseLabel, CustomFields, UpdateTime) = (message.Label.Trim(), message.ReverseLabel.Trim(), message.CustomFields ?? new Struct(), now);

    public V1.Relation ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Kind = Kind,
        FromPersonId = FromPersonId.ToIdText(),
        FromCompanyId = FromCompanyId.ToIdText(),
        ToPersonId = ToPersonId.ToIdText(),
        ToCompanyId = ToCompanyId.ToIdText(),
        Label = Label,
        ReverseLabel = ReverseLabel,
        CustomFields = CustomFields,
        OwnerId = OwnerId.ToIdText(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };
}
