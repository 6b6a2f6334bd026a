namespace Platform.CustomFields;

/// <summary>Kinds of records of other services whose custom fields a service has to know.</summary>
/// <param name="Names">In the catalogue of resources.</param>
public sealed record WatchedResources(IReadOnlyList<string> Names);
