namespace Platform.Tenancy.Placements;

/// <summary>
/// A table of cross-tenant work that is due at some time: ids and <c>due_time</c>. Who takes a row moves that time ahead, and has
/// the row until then.
/// </summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Columns of its key, the tenant first.</param>
/// <param name="Lease">After this a row counts as lost by who took it; longer than the work ever takes.</param>
public sealed record DueTable(string Name, string Key, TimeSpan Lease)
{
    /// <summary>Which of its rows are meant, in SQL; all by default. Work that may take long is taken by a task of its own.</summary>
    public string Rows { get; init; } = "true";

    internal int KeyLength => Key.Split(',').Length;

    /// <summary>$1 is the time now, where it is not the database's; $2 the lease.</summary>
    internal string Take => $"""
        UPDATE {Name} SET due_time = coalesce($1::timestamptz, now()) + $2
        WHERE ({Key}) = (SELECT {Key} FROM {Name} WHERE due_time <= coalesce($1::timestamptz, now()) AND {Rows} ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING {Key}, due_time
        """;

    /// <summary>$1 as above; $2 the pause, $3 until when the row was taken, then the key. A row that is due anew is left alone.</summary>
    internal string GiveBack => $"""
        UPDATE {Name} SET due_time = coalesce($1::timestamptz, now()) + $2
        WHERE due_time = $3 AND ({Key}) = ({string.Join(", ", Enumerable.Range(4, KeyLength).Select(number => $"${number}"))})
        RETURNING due_time
        """;
}
