using Platform.Tenancy.Placements;

namespace Platform.Contacts.Chores;

/// <summary>Work whose time has come.</summary>
internal sealed class ChoreQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(Chore.Table, "tenant_id, kind, subject_id", TimeSpan.FromMinutes(10));

    /// <summary>What is done in a moment.</summary>
    public DueWork<(Guid Tenant, ChoreKind Kind, Guid Subject)> Short { get; } = Of(places, $"kind IN ('{nameof(ChoreKind.ForgetMerge)}', '{nameof(ChoreKind.Remind)}', '{nameof(ChoreKind.ForgetDeal)}', '{nameof(ChoreKind.SettleConversion)}')");

    /// <summary>What may take as long as a company is large, and so would hold up what others wait for.</summary>
    public DueWork<(Guid Tenant, ChoreKind Kind, Guid Subject)> Long { get; } = Of(places, $"kind = '{nameof(ChoreKind.FindDuplicates)}'");

    /// <summary>What takes as long as a file was large.</summary>
    public DueWork<(Guid Tenant, ChoreKind Kind, Guid Subject)> Imports { get; } = Of(places, $"kind IN ('{nameof(ChoreKind.UndoImport)}', '{nameof(ChoreKind.ForgetImport)}')");

    /// <summary>What an update of the platform left to do, and is done once.</summary>
    public DueWork<(Guid Tenant, ChoreKind Kind, Guid Subject)> Updates { get; } = Of(places, $"kind = '{nameof(ChoreKind.NumberPhones)}'");

    private static DueWork<(Guid Tenant, ChoreKind Kind, Guid Subject)> Of(WorkPlaces places, string rows) =>
        new(places, Table with { Rows = rows }, row => (row.GetGuid(0), Enum.Parse<ChoreKind>(row.GetString(1)), row.GetGuid(2)));
}
