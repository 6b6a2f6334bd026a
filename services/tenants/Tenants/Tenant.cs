using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Data;

namespace Platform.Tenants.Tenants;

/// <summary>A company on the installation. Its id is that of the organization in the identity server, and it owns itself.</summary>
internal sealed class Tenant : Entity
{
    public string Slug { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public string LegalName { get; private set; } = "";

    public string TaxNumber { get; private set; } = "";

    public Address? Address { get; private set; }

    public string Currency { get; private set; } = "";

    public List<string> Modules { get; private set; } = [];

    public DateTimeOffset? SuspendTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    /// <summary>When it is deleted, or was.</summary>
    public DateTimeOffset? PurgeTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public bool IsPurged { get; private set; }

    public string StateReason { get; private set; } = "";

    /// <summary>Most members; 0 for no limit.</summary>
    public int MemberLimit { get; private set; }

    /// <summary>Most keys for machines; 0 for no limit.</summary>
    public int ApiKeyLimit { get; private set; }

    /// <summary>What else it may have.</summary>
    public V1.Limits Limits { get; private set; } = new();

    /// <summary>The role of those who come by one of its identity providers; empty for none.</summary>
    public string NewcomerRole { get; private set; } = "";

    /// <summary>A suspension comes before all else: what was suspended while it was to be deleted is so again afterwards.</summary>
    public V1.TenantState State => IsPurged ? V1.TenantState.Purged
        : SuspendTime is not null ? V1.TenantState.Suspended
        : PurgeTime is not null ? V1.TenantState.Deleting : V1.TenantState.Active;

    public static Tenant Create(Guid organizationId, V1.Tenant message, DateTimeOffset now)
    {
        var tenant = new Tenant { Id = organizationId, TenantId = organizationId, Slug = message.Slug, Modules = ModuleRules.Entitled(message.Modules), CreateTime = now };
        tenant.Update(message, now);
        return tenant;
    }

    public void Update(V1.Tenant message, DateTimeOffset now)
    {
        DisplayName = message.DisplayName.Trim();
        LegalName = message.LegalName.Trim();
        TaxNumber = message.TaxNumber.Trim();
        Address = message.Address;
        Currency = message.Currency;
        NewcomerRole = message.NewcomerRole;
        UpdateTime = now;
    }

    /// <summary>What the company may use from now on.</summary>
    public void Entitle(IReadOnlyCollection<string> modules, DateTimeOffset now) => (Modules, UpdateTime) = (ModuleRules.Entitled(modules), now);

    public void Limit(int members, int apiKeys, V1.Limits limits, DateTimeOffset now) => (MemberLimit, ApiKeyLimit, Limits, UpdateTime) = (members, apiKeys, limits, now);

    public void Suspend(string reason, DateTimeOffset now) => (SuspendTime, StateReason, UpdateTime) = (SuspendTime ?? now, reason.Trim(), now);

    public void Resume(DateTimeOffset now) => (SuspendTime, StateReason, UpdateTime) = (null, "", now);

    public void DeleteAt(DateTimeOffset purgeTime, string reason, DateTimeOffset now) => (PurgeTime, StateReason, UpdateTime) = (purgeTime, reason.Trim(), now);

    public void Undelete(DateTimeOffset now) => (PurgeTime, StateReason, UpdateTime) = (null, "", now);

    /// <summary>Leaves a tombstone: the id, the times, and nothing that says whose it was.</summary>
    public void Bury(DateTimeOffset now)
    {
        (Slug, DisplayName, LegalName, TaxNumber, Address, StateReason, NewcomerRole) = ("", "", "", "", null, "", "");
        (IsPurged, PurgeTime, Modules, UpdateTime) = (true, now, [], now);
    }

    public V1.Tenant ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Slug = Slug,
        DisplayName = DisplayName,
        LegalName = LegalName,
        TaxNumber = TaxNumber,
        Address = Address,
        Currency = Currency,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        State = State,
        StateReason = StateReason,
        PurgeTime = PurgeTime.ToTimestampOrNull(),
        Modules = { Modules },
        NewcomerRole = NewcomerRole,
    };
}
