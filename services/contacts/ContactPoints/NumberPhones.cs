using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.ContactPoints;

/// <summary>Understands the phones of records that were written before phones were kept as E.164 too. Who changed a record meanwhile has done it.</summary>
internal static class NumberPhones
{
    private const int PageSize = 1_000;

    /// <summary>Tables with phones.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["people", "companies", "leads"];

    /// <summary>One page of a table; the last id of it, and null where it was the last one.</summary>
    public static async Task<Guid?> PageAsync(ContactsDbContext db, string table, Guid after, CancellationToken cancellationToken)
    {
        var unknown =
            $"SELECT id, phone, coalesce(address->>'country', '') AS country FROM {table} WHERE tenant_id = {{0}} AND id > {{1}} AND phone <> '' AND {PointScripts.PhoneColumn} IS NULL ORDER BY id LIMIT {PageSize}";
        var rows = await db.Database.SqlQueryRaw<Typed>(unknown, db.Caller.RequiredTenantId, after).ToListAsync(cancellationToken);
        var known = rows.Select(row => (Row: row, Number: PhoneText.ToE164(row.Phone, row.Country))).Where(found => found.Number is not null).ToList();
        if (known.Count > 0)
        {
            var note =
                $"UPDATE {table} SET {PointScripts.PhoneColumn} = found.number FROM unnest({{1}}, {{2}}, {{3}}) AS found (id, phone, number) " +
                $"WHERE {table}.tenant_id = {{0}} AND {table}.id = found.id AND {table}.phone = found.phone AND {table}.{PointScripts.PhoneColumn} IS NULL";
            await db.Database.ExecuteSqlRawAsync(
                note, [db.Caller.RequiredTenantId, known.ConvertAll(found => found.Row.Id), known.ConvertAll(found => found.Row.Phone), known.ConvertAll(found => found.Number)], cancellationToken);
        }

        return rows.Count < PageSize ? null : rows[^1].Id;
    }

    private sealed record Typed(Guid Id, string Phone, string Country);
}
