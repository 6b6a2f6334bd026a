using Platform.CustomFields.V1;
using Platform.Metadata.Resources;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Layouts;

/// <summary>A layout as one caller gets it: without what the caller may not see or is gone, in the caller's language.</summary>
internal static class LayoutFields
{
    private static readonly string[] Unseen = ["id", "etag"];

    public static V1.Layout For(V1.Layout layout, ResourceShape resource)
    {
        var shown = layout.Clone();
        shown.Problems.Clear();
        shown.Label = Pick(shown.LabelTranslations, Current, shown.Label);
        foreach (var section in shown.Sections)
            Put(section, resource);
        AddOthers(shown, resource);
        foreach (var empty in shown.Sections.Where(section => section.Fields.Count == 0).ToList())
            shown.Sections.Remove(empty);
        return shown;
    }

    /// <summary>What forms and lists may show of a resource to the caller.</summary>
    public static IEnumerable<FieldDescriptor> Shown(this ResourceShape resource) =>
        resource.Fields.Where(field => field.Access != "hidden" && !Unseen.Contains(field.Path) && field.Definition is not { Deprecated: true });

    public static bool IsReadOnly(FieldDescriptor field) => field.OutputOnly || field.Access != "full";

    private static void Put(LayoutSection section, ResourceShape resource)
    {
        section.Title = Pick(section.TitleTranslations, Current, section.Title);
        foreach (var gone in section.Fields.Where(field => resource.Find(field.Path) is not { Access: not "hidden" }).ToList())
            section.Fields.Remove(gone);
        foreach (var field in section.Fields)
        {
            field.ReadOnly |= IsReadOnly(resource.Find(field.Path)!);
            field.Help = Pick(field.HelpTranslations, Current, field.Help.Length > 0 ? field.Help : resource.Find(field.Path)!.Definition?.Help ?? "");
        }
    }

    // A form without a required field could never be sent.
    private static void AddOthers(V1.Layout layout, ResourceShape resource)
    {
        var named = layout.Sections.SelectMany(section => section.Fields).Select(field => field.Path).ToHashSet(StringComparer.Ordinal);
        var others = resource.Shown().Where(field => !named.Contains(field.Path)
            && ((layout.WithOthers && !field.OutputOnly) || (layout.Kind == LayoutKind.Form && field is { Definition.Required: true, Access: "full" }))).ToList();
        if (others.Count == 0)
            return;
        var section = Heading.More.Over(new LayoutSection { Columns = 1 });
        section.Title = Pick(section.TitleTranslations, Current, section.Title);
        section.Fields.AddRange(others.Select(field => Of(field)));
        layout.Sections.Add(section);
    }

    public static LayoutField Of(FieldDescriptor field) => new() { Path = field.Path, ReadOnly = IsReadOnly(field), Help = field.Definition?.Help ?? "" };
}
