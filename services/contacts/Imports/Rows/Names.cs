namespace Platform.Contacts.Imports.Rows;

internal static class Names
{
    /// <summary>"Hoffmann, Lena" and "Lena Hoffmann": first and last name. A single word is the last name.</summary>
    public static (string First, string Last) Split(string name)
    {
        if (name.IndexOf(',', StringComparison.Ordinal) is var comma and > 0)
            return (name[(comma + 1)..].Trim(), name[..comma].Trim());
        var space = name.LastIndexOf(' ');
        return space < 0 ? ("", name) : (name[..space].Trim(), name[(space + 1)..]);
    }
}
