using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering.Fields;
using static Platform.Languages.Wording;

namespace Platform.Paging;

/// <summary>
/// Pages in the order of a custom field whose values are kept beside the records: read along their index, however many records
/// there are. Records that have no value come last, and first where the order is descending, by id.
/// </summary>
internal static class KeptPages
{
    /// <summary>Reads one page of the filtered rows.</summary>
    public static async Task<Result<Page<T>>> ReadAsync<T>(IQueryable<T> rows, Ordered order, PageRequest request, CancellationToken cancellationToken)
        where T : Entity
    {
        if (request.Size is < 0 or > Pages.MaxSize)
            return Error.Invalid("pageSize", Say($"Use 1 to {Pages.MaxSize}, or leave it out for {Pages.DefaultSize}."));
        if (Place.Of(request, order) is not { } place)
            return Error.Invalid("pageToken", "Use the nextPageToken of the same list with the same filter and order, unchanged.");
        var size = request.Size == 0 ? Pages.DefaultSize : request.Size;
        var found = new List<Found<T>>();
        // The part that comes first, and the other where the page is not full yet.
        foreach (var withValue in order.ValuesFirst ? (bool[])[true, false] : [false, true])
        {
            if (found.Count > size || (place.Id is not null && place.HasValue != withValue && withValue == order.ValuesFirst))
                continue;
            var from = place.HasValue == withValue ? place : Place.Start;
            found.AddRange(await (withValue ? WithValue(rows, order, from) : Without(rows, order, from)).Take(size + 1 - found.Count).ToListAsync(cancellationToken));
        }

        if (found.Count <= size)
            return new Page<T>([.. found.Select(item => item.Row)], "");
        found.RemoveAt(size);
        return new Page<T>([.. found.Select(item => item.Row)], OrderedPageToken.Encode([found[^1].Kept, found[^1].Row.Id.ToString()], request, order.Text));
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "PostgreSQL compares, under the collation of the column.")]
    [SuppressMessage("Globalization", "CA1310", Justification = "PostgreSQL compares, under the collation of the column.")]
    internal static IQueryable<Found<T>> WithValue<T>(IQueryable<T> rows, Ordered order, Place from)
        where T : Entity
    {
        var values = order.Values.Where(value => string.Compare(value.SortKey, "") > 0);
        // Compared as a pair: the index is entered there, however many records have that value.
        if (from is { Text: { } text, Id: { } id })
            values = order.Descending
                ? values.Where(value => EF.Functions.LessThan(ValueTuple.Create(value.SortKey, value.RecordId), ValueTuple.Create(text, id)))
                : values.Where(value => EF.Functions.GreaterThan(ValueTuple.Create(value.SortKey, value.RecordId), ValueTuple.Create(text, id)));
        return Find(rows, Sort(values, order));
    }

    internal static IQueryable<Found<T>> Without<T>(IQueryable<T> rows, Ordered order, Place from)
        where T : Entity
    {
        if (order.KeepsValuesOnly)
            return WithoutRow(rows, order, from);
        var values = order.Values.Where(value => value.SortKey == "");
        if (from.Id is { } id)
            values = order.Descending ? values.Where(value => value.RecordId < id) : values.Where(value => value.RecordId > id);
        return Find(rows, Sort(values, order));
    }

    // Of roll-ups there is a row only where something is counted.
    private static IQueryable<Found<T>> WithoutRow<T>(IQueryable<T> rows, Ordered order, Place from)
        where T : Entity
    {
        var values = order.Values;
        rows = rows.AsNoTracking().Where(row => !values.Any(value => value.RecordId == row.Id));
        if (from.Id is { } id)
            rows = order.Descending ? rows.Where(row => row.Id < id) : rows.Where(row => row.Id > id);
        return (order.Descending ? rows.OrderByDescending(row => row.Id) : rows.OrderBy(row => row.Id)).Select(row => new Found<T>(row, null));
    }

    private static IOrderedQueryable<KeptText> Sort(IQueryable<KeptText> values, Ordered order) => order.Descending
        ? values.OrderByDescending(value => value.SortKey).ThenByDescending(value => value.RecordId)
        : values.OrderBy(value => value.SortKey).ThenBy(value => value.RecordId);

    private static IQueryable<Found<T>> Find<T>(IQueryable<T> rows, IOrderedQueryable<KeptText> sorted)
        where T : Entity =>
        sorted.Join(rows.AsNoTracking(), value => value.RecordId, row => row.Id, (value, row) => new Found<T>(row, value.SortKey.Length == 0 ? null : value.SortKey));

    /// <summary>Kept values, and the direction in which they are read.</summary>
    internal sealed class Ordered(IQueryable<KeptText> values, KeptOrder kept, bool descending)
    {
        public bool Descending => descending;

        /// <summary>Whether nothing is kept beside records that have no value.</summary>
        public bool KeepsValuesOnly => kept.IsRollUp;

        /// <summary>Whether records that have a value come before those that have none.</summary>
        public bool ValuesFirst => descending == kept.MissingIsLeast;

        /// <summary>Tokens of this order are not those of the same one without an index.</summary>
        public string Text => $"kept {kept.Resource} {kept.FieldKey} {(descending ? "desc" : "asc")}";

        public IQueryable<KeptText> Values => values;
    }

    internal sealed record Found<T>(T Row, string? Kept);

    // The last record seen; of a record without a value the text is null.
    internal sealed record Place(string? Text, Guid? Id)
    {
        public static Place Start { get; } = new(null, null);

        public bool HasValue => Text is not null;

        public static Place? Of(PageRequest request, Ordered order)
        {
            if (request.Token.Length == 0)
                return Start;
            return OrderedPageToken.Decode(request, order.Text) is [var text, { } last] && Guid.TryParse(last, out var id) ? new Place(text, id) : null;
        }
    }
}
