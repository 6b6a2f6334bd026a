using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Search.Index;
using Platform.Search.Kinds;
using Platform.Tenancy;

namespace Platform.Search.Searching;

/// <summary>Of which kinds of records, and in which of their fields, the caller may search. What is not here is neither matched nor shown.</summary>
internal sealed class ReadableKinds
{
    private readonly Dictionary<string, (RecordKind Kind, HashSet<string> Paths)> _kinds;

    private ReadableKinds(Dictionary<string, (RecordKind Kind, HashSet<string> Paths)> kinds)
    {
        _kinds = kinds;
        Fields = [.. kinds.Values.SelectMany(known => known.Paths.Select(path => IndexQuery.FieldOf(known.Kind.Name, path)))];
    }

    /// <summary>The fields, as the index names them.</summary>
    public IReadOnlyCollection<string> Fields { get; }

    /// <param name="caller">Who asks; the company's own fields are known, or left out.</param>
    /// <param name="types">Only these; all where none is named.</param>
    public static ReadableKinds Of(Caller caller, IReadOnlyCollection<string> types) => new(
        RecordKinds.BuiltIn.Concat(ObjectsOf(caller.CustomFields))
            .Where(kind => (types.Count == 0 || types.Contains(kind.Name)) && caller.Permissions.Contains(kind.Resource.PermissionFor(AccessAction.Read)))
            .ToDictionary(kind => kind.Name, kind => (kind, PathsOf(kind, caller)), StringComparer.Ordinal));

    /// <summary>The name of a record, as far as the caller may read it.</summary>
    public string TitleOf(Candidate found) => string.Join(' ', _kinds[found.Type].Kind.Titles.Where(path => CanRead(found.Type, path)).Select(path => found.Texts.GetValueOrDefault(path, "")).Where(text => text.Length > 0));

    /// <summary>The texts that the caller may read, those that say most first.</summary>
    public IEnumerable<(string Path, string Text)> TextsOf(Candidate found) => found.Texts.Where(text => CanRead(found.Type, text.Key))
        .OrderByDescending(text => _kinds[found.Type].Kind.Find(text.Key)?.Weight ?? 0).ThenBy(text => text.Key, StringComparer.Ordinal).Select(text => (text.Key, text.Value));

    private bool CanRead(string type, string path) => _kinds[type].Paths.Contains(path);

    private static IEnumerable<RecordKind> ObjectsOf(TenantFields? fields) => (fields?.Objects ?? []).Select(known => RecordKinds.Find(known.Resource)).OfType<RecordKind>();

    private static HashSet<string> PathsOf(RecordKind kind, Caller caller)
    {
        var custom = caller.CustomFields is { } fields ? CustomTexts.Of(fields, kind.Name) : [];
        return [.. kind.Fields.Concat(custom).Select(field => field.Path).Where(path => caller.CanRead(kind.Resource, path))];
    }
}
