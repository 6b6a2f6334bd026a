using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;

namespace Platform.Contacts;

/// <summary>Indexes along which lists are in their ordinary orders, so that a page costs as much as its rows, however many there are.</summary>
internal static class ListOrders
{
    // As order_by sorts texts. EF Core cannot index an expression of its own.
    private static readonly (string Table, string Column)[] Texts = [("people", "last_name"), ("leads", "last_name"), ("companies", "name")];

    public static string CreateTextIndexes { get; } = string.Join('\n', Texts.Select(text =>
        $"CREATE INDEX ix_{text.Table}_order_{text.Column} ON {text.Table} (tenant_id, lower({text.Column} COLLATE \"C\"), id);"));

    public static string DropTextIndexes { get; } = string.Join('\n', Texts.Select(text => $"DROP INDEX ix_{text.Table}_order_{text.Column};"));

    /// <summary>By when records were made, and by when they were changed.</summary>
    public static void HasTimeOrders<T>(this EntityTypeBuilder<T> builder)
        where T : ProtectedEntity
    {
        builder.HasIndex(row => new { row.TenantId, row.CreateTime, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.UpdateTime, row.Id });
    }
}
