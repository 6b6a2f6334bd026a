using Platform.CustomFields.RollUps;
using Platform.Paging;

namespace Platform.Filtering.Fields;

/// <summary>A field whose values are kept beside all records, in texts whose order is that of the values.</summary>
/// <param name="Resource">The kind of record; of a roll-up, the one that is counted.</param>
/// <param name="FieldKey">The field.</param>
internal sealed record KeptOrder(string Resource, string FieldKey)
{
    /// <summary>Whether they are those of a roll-up, by which records are sorted alone.</summary>
    public bool IsRollUp { get; init; }

    /// <summary>The formula over roll-ups whose values they are; null where they are none of one.</summary>
    public RollUpFormula? Formula { get; init; }

    /// <summary>Whether records that have none come before those that have one, as 0 does.</summary>
    public bool MissingIsLeast { get; init; }

    /// <summary>The values; null where there is no database to ask.</summary>
    public IQueryable<KeptText>? In(FilterContext context) => IsRollUp
        ? context.Database is not { } db ? null : Formula is { } formula ? RollUpSets.TextsOf(db, formula) : RollUpSets.TextsOf(db, Resource, FieldKey)
        : context.KeptValues?.Where(value => value.Resource == Resource && value.FieldKey == FieldKey).Select(value => new KeptText { RecordId = value.RecordId, SortKey = value.SortKey });
}
