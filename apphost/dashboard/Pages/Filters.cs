using Platform.Dashboard.Storage;

namespace Platform.Dashboard.Pages;

/// <summary>Controls over lists: what is chosen stands in the address, so that it can be kept and sent.</summary>
internal static class Filters
{
    private static readonly (Level Level, string Name)[] Levels =
        [(Level.Trace, "Every level"), (Level.Information, "Information and up"), (Level.Warning, "Warnings and up"), (Level.Error, "Errors")];

    public static Html Search(string? text, string label) => Html.Of($"""<input type="search" name="q" value="{text}" placeholder="{label}" aria-label="{label}" autocomplete="off">""");

    public static Html Seriousness(Level chosen) => Html.Of(
        $"""<select name="level" aria-label="Level">{Levels.Select(level => Option(level.Level == Level.Trace ? "" : level.Level.ToString(), level.Name, level.Level == chosen))}</select>""");

    /// <summary>Many at once: a list that opens, with a box for each.</summary>
    public static Html Resources(IEnumerable<string> all, IReadOnlyList<string> chosen) => Html.Of($"""
        <details class="choice"><summary>{Summary(chosen)}</summary>
        <div>{all.Select(name => Html.Of($"""<label><input type="checkbox" name="resource" value="{name}"{Checked(chosen.Contains(name))}> {name}</label>"""))}</div></details>
        """);

    /// <summary>One of many.</summary>
    public static Html Resource(IEnumerable<string> all, string? chosen, string any = "All resources") => Html.Of(
        $"""<select name="resource" aria-label="Resource">{Option("", any, string.IsNullOrEmpty(chosen))}{all.Select(name => Option(name, name, name == chosen))}</select>""");

    public static Html Option(string value, string name, bool chosen) => Html.Of($"""<option value="{value}"{new Html(chosen ? " selected" : "")}>{name}</option>""");

    private static string Summary(IReadOnlyList<string> chosen) => chosen.Count switch
    {
        0 => "All resources",
        1 => chosen[0],
        var count => $"{count} resources",
    };

    public static Html Checked(bool holds) => new(holds ? " checked" : "");
}
