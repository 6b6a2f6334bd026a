using Platform.Access;

namespace Platform.Search.Kinds;

/// <summary>What is searched of a kind of record.</summary>
/// <param name="Resource">What all services know of it.</param>
/// <param name="Titles">Fields that together name a record.</param>
/// <param name="Fields">Fields of the platform; those of companies come beside them.</param>
internal sealed record RecordKind(ResourceInfo Resource, IReadOnlyList<string> Titles, IReadOnlyList<SearchedField> Fields)
{
    /// <summary>Its name.</summary>
    public string Name => Resource.Name;

    /// <summary>The field of that path; null where it is not searched.</summary>
    public SearchedField? Find(string path) => Fields.FirstOrDefault(field => field.Path == path);
}
