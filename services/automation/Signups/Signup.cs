using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Automation.Processes;
using Platform.Data;

namespace Platform.Automation.Signups;

/// <summary>What a company that joins has told; who asked is forgotten when it ends.</summary>
[NotAudited("No company yet whose log it could stand in, and what it tells of people is to be forgotten.")]
internal sealed class Signup : Entity
{
    public const string UniqueRunning = "ix_signups_running";

    public string CompanyName { get; private init; } = "";

    public string Slug { get; private init; } = "";

    public string Country { get; private init; } = "";

    public string Currency { get; private init; } = "";

    public string AdminName { get; private set; } = "";

    public string AdminEmail { get; private set; } = "";

    public bool DemoData { get; private init; }

    public List<string> Modules { get; private init; } = [];

    /// <summary>Why it was compensated or failed.</summary>
    public string ErrorCode { get; private set; } = "";

    public DateTimeOffset? EndTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public static Signup Create(SignupId id, V1.Signup message, DateTimeOffset now) => new()
    {
        TenantId = id.Owner,
        Id = id.Id,
        CompanyName = message.CompanyName.Trim(),
        Slug = message.Slug,
        Country = message.Country,
        Currency = message.Currency,
        AdminName = message.AdminName.Trim(),
        AdminEmail = message.AdminEmail.Trim().ToLowerInvariant(),
        DemoData = message.DemoData,
        Modules = [.. message.Modules.Distinct(StringComparer.Ordinal)],
        CreateTime = now,
        UpdateTime = now,
    };

    public void End(string errorCode, DateTimeOffset now) => (ErrorCode, AdminName, AdminEmail, EndTime, UpdateTime) = (errorCode, "", "", now, now);

    public V1.Signup ToMessage(Process process) => new()
    {
        Id = new SignupId(TenantId, Id).ToString(),
        CompanyName = CompanyName,
        Slug = Slug,
        Country = Country,
        Currency = Currency,
        DemoData = DemoData,
        Modules = { Modules },
        Status = process.Status,
        Error = ErrorCode,
        CreateTime = CreateTime.ToTimestamp(),
        EndTime = EndTime.ToTimestampOrNull(),
    };

    public static void Map(EntityTypeBuilder<Signup> builder)
    {
        builder.IsResource("signups");
        builder.HasIndex(signup => signup.TenantId).IsUnique().HasFilter("end_time IS NULL").HasDatabaseName(UniqueRunning);
    }
}
