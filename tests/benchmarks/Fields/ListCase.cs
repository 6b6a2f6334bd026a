namespace Platform.Benchmarks.Fields;

/// <summary>A list of 50 as a client asks for it, and the SQL for the same rows.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Ask">Filter and order of the nth call.</param>
/// <param name="Sql">The rest of <c>SELECT … FROM</c>; <c>{t}</c> is the table, kept values are <c>v</c>.</param>
/// <param name="Key">The kept text that the nth call seeks.</param>
/// <param name="Skip">How many rows lie before the page.</param>
internal sealed record ListCase(string Name, Func<int, (string Filter, string OrderBy)> Ask, string Sql, Func<int, string> Key, int Skip = 0)
{
    private const string Kept = "custom_field_values v JOIN {t} r ON r.tenant_id = v.tenant_id AND r.id = v.record_id WHERE v.tenant_id = @tenant AND v.resource = @resource AND v.field_key = ";
    private const int PageSize = 50;

    /// <summary>Pages in the order of a field that a fifth of all records have the same value of: 10,000 of them lie before the page.</summary>
    public const int Deep = 10_000;

    /// <summary>All of them, over that many rows.</summary>
    public static IReadOnlyList<ListCase> Over(int rows) =>
    [
        new("newest", _ => ("", ""), "{t} r WHERE tenant_id = @tenant ORDER BY id DESC", _ => ""),
        new("= text, one hit", call => ($"custom_fields.code = \"C-{RowOf(call, rows)}\"", ""), $"{Kept}'code' AND v.sort_key = @key ORDER BY v.record_id DESC", call => $"c-{RowOf(call, rows)}"),
        new("= number, one in a thousand", call => ($"custom_fields.size = {SizeOf(call)}", ""), $"{Kept}'size' AND v.sort_key = @key ORDER BY v.record_id DESC", call => KeyOf(SizeOf(call))),
        new("= number, one in five", _ => ("custom_fields.size = 0", ""), $"{Kept}'size' AND v.sort_key = @key ORDER BY v.record_id DESC", _ => KeyOf(0)),
        new("> number, four in a thousand", _ => ("custom_fields.size > 994", ""), $"{Kept}'size' AND v.sort_key > @key ORDER BY v.record_id DESC", _ => KeyOf(994)),
        new("order", _ => ("", "custom_fields.code"), $"{Kept}'code' ORDER BY v.sort_key, v.record_id", _ => ""),
        new("order, descending", _ => ("", "custom_fields.code desc"), $"{Kept}'code' ORDER BY v.sort_key DESC, v.record_id DESC", _ => ""),
        new($"order, after {Deep:N0} of one value", _ => ("", "custom_fields.size"), $"{Kept}'size' AND (v.sort_key, v.record_id) > (@key, @last) ORDER BY v.sort_key, v.record_id", _ => KeyOf(0), Deep),
    ];

    /// <summary>The whole statement.</summary>
    public string SqlOf(string table) => $"SELECT r.* FROM {Sql} LIMIT {PageSize + 1}".Replace("{t}", table, StringComparison.Ordinal);

    private static int RowOf(int call, int rows) => (int)(((call * 7_919L) % rows) + 1);

    // Not one of those that a fifth has.
    private static int SizeOf(int call) => (call * 5 % 1000) + 1;

    private static string KeyOf(int number) => $"{number + 10_000_000_000_000_000m:00000000000000000}.0000000000";
}
