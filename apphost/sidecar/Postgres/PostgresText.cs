using Platform.Sidecar.State;

namespace Platform.Sidecar.Postgres;

/// <summary>What a text of PostgreSQL cannot hold.</summary>
internal static class PostgresText
{
    /// <summary>
    /// Refuses a NUL before the server does: Npgsql 10 loses the connection at the next use of a query whose value was refused in the
    /// very use that prepared it.
    /// </summary>
    public static void Check(IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (key.Contains('\0'))
                throw new StoreFailedException("a key holds a NUL character, which PostgreSQL keeps in no text");
        }
    }
}
