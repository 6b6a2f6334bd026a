using Platform.Importing;

namespace Platform.Contacts.Imports.Rows;

/// <summary>What a good row says: a lead, or a person or a company or both.</summary>
internal sealed record RowDraft(long Line) : IRowDraft
{
    public V1.Person? Person { get; init; }

    public V1.Company? Company { get; init; }

    public V1.Lead? Lead { get; init; }
}
