using Platform.Filtering;

namespace Platform.Contacts.Segments;

/// <summary>An expression tied to a kind of record, and to who asks.</summary>
/// <param name="Ids">Ids of the records that the caller may read and that pass.</param>
/// <param name="Fields">What it reads, of the records and of those that they name.</param>
/// <param name="Links">Fields of the records with the ids of others that it looks at.</param>
/// <param name="RelatedKinds">Kinds of those others.</param>
/// <param name="Filter">The expression.</param>
internal sealed record SegmentCondition(
    IQueryable<Guid> Ids, IReadOnlyList<(string Resource, string Field)> Fields, IReadOnlyList<string> Links, IReadOnlyList<string> RelatedKinds, Filter Filter);
