using Google.Protobuf.Collections;

namespace Platform.Contacts.Merging;

/// <summary>A request to merge, whatever the kind of the records.</summary>
internal sealed record MergeOrder(string Id, string Etag, RepeatedField<V1.MergedRecord> Merged, RepeatedField<V1.FieldChoice> Choices, V1.SurvivorshipRule Rule)
{
    public Guid SurvivorId { get; } = Guid.Parse(Id);

    /// <summary>The merged records with their etags, in the order of the request.</summary>
    public IReadOnlyList<(Guid Id, string Etag)> Others { get; } = [.. Merged.Select(record => (Guid.Parse(record.Id), record.Etag))];
}
