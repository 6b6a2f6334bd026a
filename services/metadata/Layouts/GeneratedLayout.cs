using Platform.CustomFields.V1;
using Platform.Metadata.Resources;

namespace Platform.Metadata.Layouts;

/// <summary>What a resource looks like to which nobody has given a layout.</summary>
internal static class GeneratedLayout
{
    private const int MaxListFields = 8;
    private const int MaxCardFields = 4;

    private static readonly string[] Brief = ["text", "email", "phone", "enum", "money", "number", "decimal", "date", "boolean", "single_choice", "user"];

    public static V1.Layout Of(LayoutKind kind, ResourceShape resource)
    {
        var layout = new V1.Layout { Resource = resource.Name, Kind = kind, Generated = true, Label = resource.Descriptor.Label };
        layout.Sections.AddRange(kind switch
        {
            LayoutKind.Form => Form(resource),
            LayoutKind.List => [Section(Heading.None, BriefOf(resource).Take(MaxListFields), 1)],
            _ => [Section(Heading.None, BriefOf(resource).Take(MaxCardFields), 1)],
        });
        return layout;
    }

    // What people write, then the company's own fields under their headings, then what the platform notes.
    private static IEnumerable<LayoutSection> Form(ResourceShape resource)
    {
        var shown = resource.Shown().ToList();
        yield return Section(resource.Label, shown.Where(field => field is { BuiltIn: true, OutputOnly: false }), 2);
        foreach (var group in shown.Where(field => !field.BuiltIn).GroupBy(field => field.Definition.Section, StringComparer.Ordinal))
            yield return Section(group.Key.Length > 0 ? Heading.Of(group.Key) : Heading.More, group, 2);
        // What the platform computes of the company's own stands with the company's own.
        if (shown.Any(IsNoted))
        {
            var noted = Section(Heading.History, shown.Where(IsNoted), 2);
            noted.Collapsed = true;
            yield return noted;
        }
    }

    private static bool IsNoted(FieldDescriptor field) => field is { BuiltIn: true, OutputOnly: true };

    // What tells records apart: short values that people write, names first as the contracts declare them.
    private static IEnumerable<FieldDescriptor> BriefOf(ResourceShape resource)
    {
        var brief = resource.Shown().Where(field => Brief.Contains(field.Type)).ToList();
        return brief.Where(field => field is { BuiltIn: true, OutputOnly: false }).Concat(brief.Where(field => field is { BuiltIn: false, Definition.Searchable: true })).Concat(brief.Where(field => field.OutputOnly)).Distinct();
    }

    private static LayoutSection Section(Heading heading, IEnumerable<FieldDescriptor> fields, int columns) =>
        heading.Over(new LayoutSection { Columns = columns, Fields = { fields.Select(LayoutFields.Of) } });
}
