using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Contacts.Consents;

/// <summary>What a person or a lead has said once; never changed, but that it follows its record when that becomes another one.</summary>
internal sealed class ConsentStatement : Entity
{
    public const string Table = "consent_statements";

    public Guid? PersonId { get; private set; }

    public Guid? LeadId { get; private set; }

    public string Purpose { get; private init; } = "";

    public bool Given { get; private init; }

    /// <summary>When it was said; <see cref="Entity.CreateTime"/> is when it was written down.</summary>
    public DateTimeOffset Time { get; private init => field = ToMicroseconds(value); }

    public string Source { get; private init; } = "";

    public string TextVersion { get; private init; } = "";

    public string Address { get; private init; } = "";

    public string RecordedBy { get; private init; } = "";

    public static void Map(EntityTypeBuilder<ConsentStatement> builder)
    {
        builder.IsResource(Table);
        builder.ToTable(table => table.HasCheckConstraint("ck_consent_statements_record", "num_nonnulls(person_id, lead_id) = 1"));
        builder.HasIndex(statement => new { statement.TenantId, statement.PersonId, statement.Time, statement.Id }).HasFilter("person_id IS NOT NULL");
        builder.HasIndex(statement => new { statement.TenantId, statement.LeadId, statement.Time, statement.Id }).HasFilter("lead_id IS NOT NULL");
    }

    public static ConsentStatement OfPerson(Guid person, V1.ConsentStatement message, DateTimeOffset now, string recordedBy) => Create(person, null, message, now, recordedBy);

    public static ConsentStatement OfLead(Guid lead, V1.ConsentStatement message, DateTimeOffset now, string recordedBy) => Create(null, lead, message, now, recordedBy);

    /// <summary>The lead is this person by now.</summary>
    public void MoveTo(Guid person) => (PersonId, LeadId) = (person, null);

    public V1.ConsentStatement ToMessage() => new()
    {
        Id = Id.ToString(),
        Purpose = Purpose,
        Given = Given,
        Time = Time.ToTimestamp(),
        Source = Source,
        TextVersion = TextVersion,
        Address = Address,
        RecordTime = CreateTime.ToTimestamp(),
        RecordedBy = RecordedBy,
    };

    private static ConsentStatement Create(Guid? person, Guid? lead, V1.ConsentStatement message, DateTimeOffset now, string recordedBy) => new()
    {
        Id = message.Id.ToIdOrNull() ?? Guid.CreateVersion7(),
        PersonId = person,
        LeadId = lead,
        Purpose = message.Purpose,
        Given = message.Given,
        Time = message.Time?.ToDateTimeOffset() ?? now,
        Source = message.Source.Trim(),
        TextVersion = message.TextVersion.Trim(),
        Address = message.Address.Trim(),
        RecordedBy = recordedBy,
        CreateTime = now,
        UpdateTime = now,
    };
}
