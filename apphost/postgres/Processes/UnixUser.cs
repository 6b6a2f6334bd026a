using System.Globalization;

namespace Platform.LocalPostgres.Processes;

/// <summary>A user of this machine.</summary>
/// <param name="Name">Login name.</param>
/// <param name="UserId">Numeric user id.</param>
/// <param name="GroupId">Numeric id of the primary group.</param>
public sealed record UnixUser(string Name, uint UserId, uint GroupId)
{
    /// <summary>The first of the named users that exists; null when none does.</summary>
    public static UnixUser? FirstOf(params IEnumerable<string> names)
    {
        const string Passwords = "/etc/passwd";
        if (!File.Exists(Passwords))
            return null;
        var users = File.ReadLines(Passwords).Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToLookup(fields => fields[0]);
        return names.SelectMany(name => users[name]).Select(Parse).FirstOrDefault();
    }

    /// <summary>Makes this user the owner of a file or folder. Needs root.</summary>
    public void Own(string path)
    {
        if (Native.ChangeOwner(path, UserId, GroupId) != 0)
            throw new UnauthorizedAccessException($"'{path}' cannot be given to the user {Name}.");
    }

    private static UnixUser Parse(string[] fields) =>
        new(fields[0], uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture));
}
