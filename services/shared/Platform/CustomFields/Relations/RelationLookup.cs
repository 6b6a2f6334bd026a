namespace Platform.CustomFields.Relations;

/// <summary>How a service asks another one for the records that relations of its own lead to.</summary>
/// <param name="Resource">The kind of record: <c>contacts.company</c>.</param>
/// <param name="FindAsync">Whether there is one of that id that the caller may see. Fails as a call does where that cannot be asked.</param>
public sealed record RelationLookup(string Resource, Func<Guid, CancellationToken, Task<bool>> FindAsync);
