using Platform.CustomFields.V1;

namespace Platform.Metadata.Themes;

/// <summary>The platform's own colours, where a company says nothing.</summary>
internal static class Palette
{
    public static ThemeColors Light { get; } = new()
    {
        Background = "#f6f7f9",
        Surface = "#ffffff",
        Text = "#1b1f24",
        MutedText = "#57606a",
        Primary = "#0b5cad",
        OnPrimary = "#ffffff",
        Link = "#0b5cad",
        Danger = "#b42318",
        Outline = "#7b8490",
    };

    public static ThemeColors Dark { get; } = new()
    {
        Background = "#14171c",
        Surface = "#1c2128",
        Text = "#e6eaf0",
        MutedText = "#a3adba",
        Primary = "#6cb2ff",
        OnPrimary = "#0b1a2b",
        Link = "#7cbcff",
        Danger = "#ff8f85",
        Outline = "#77818f",
    };

    /// <summary>The colours with those of the platform where one is left out.</summary>
    public static ThemeColors Whole(ThemeColors? colors, ThemeColors otherwise)
    {
        var whole = otherwise.Clone();
        foreach (var field in ThemeColors.Descriptor.Fields.InDeclarationOrder())
        {
            if (colors is not null && (string)field.Accessor.GetValue(colors) is { Length: > 0 } color)
                field.Accessor.SetValue(whole, color.ToLowerInvariant());
        }

        return whole;
    }
}
