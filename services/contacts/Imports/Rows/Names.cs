namespace Platform.Contacts.Imports.Rows;

internal static class Names
{
    private const int MaxName = 100;

    /// <summary>"Hoffmann, Lena" and "Lena Hoffmann": first and last name. A single word is the last name.</summary>
    public static (string First, string Last) Split(string name)
    {
        if (name.IndexOf(',', StringComparison.Ordinal) is var comma and > 0)
            return (name[(comma + 1)..].Trim(), name[..comma].Trim());
        var space = name.LastIndexOf(' ');
        return space < 0 ? ("", name) : (name[..space].Trim(), name[(space + 1)..]);
    }

    /// <summary>The last name where the first one has a column of its own: "Hoffmann" (German files) and "Lena Hoffmann" alike.</summary>
    public static string LastOf(string name, string first) =>
        name.StartsWith(first + " ", StringComparison.OrdinalIgnoreCase) ? name[(first.Length + 1)..].Trim() : name == first ? "" : name;

    /// <summary>What a person is called of whom there is but an address: "lena.hoffmann" of lena.hoffmann@nordwind.example.</summary>
    public static string OfEmail(string email) => email.Split('@')[0] is { Length: <= MaxName } local ? local : email[..MaxName];
}
