using Platform.Access.Fields;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Tenancy;

namespace Platform.Contacts.Segments;

/// <summary>
/// Which fields an expression reads, and which of them are hidden from somebody, as texts that PostgreSQL can compare: the members of a
/// segment would tell what is in such a field.
/// </summary>
internal static class ReadFields
{
    /// <summary>Each field with all that it is a part of, and a mark by which a rule of one of its own parts is found.</summary>
    public static List<string> Of(IEnumerable<(string Resource, string Field)> fields) =>
        [.. fields.SelectMany(read => Paths(read.Field).Select(path => $"{read.Resource} {path}").Append($"{read.Resource} {read.Field}.*")).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What is hidden from the caller, in the same form; empty for most.</summary>
    public static List<string> HiddenFrom(Caller caller) =>
    [
        .. new[] { Person.Resource.Info, Company.Resource.Info, Lead.Resource.Info }
            .SelectMany(resource => caller.HiddenFrom(resource).SelectMany(field => Paths(field).Where(path => path != field).Select(path => $"{path}.*").Append(field)).Select(path => $"{resource.Name} {path}"))
            .Distinct(),
    ];

    /// <summary>The name of the field that such a text is about.</summary>
    public static string NameOf(string read) => read[(read.IndexOf(' ', StringComparison.Ordinal) + 1)..].Replace(".*", "", StringComparison.Ordinal);

    // The path, and the paths that it is a part of.
    private static IEnumerable<string> Paths(string field)
    {
        for (var end = field.Length; end > 0; end = field.LastIndexOf('.', end - 1))
            yield return field[..end];
    }
}
