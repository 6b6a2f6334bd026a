using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering.Fields;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering;

/// <summary>A sort order as AIP-132 writes it: <c>close_date desc, name</c>.</summary>
public sealed class OrderBy
{
    private readonly IReadOnlyList<Term> _terms;

    private OrderBy(string text, IReadOnlyList<Term> terms) => (Text, _terms) = (text, terms);

    /// <summary>Newest first.</summary>
    public static OrderBy Newest { get; } = new("", []);

    /// <summary>The order as it was written.</summary>
    public string Text { get; }

    /// <summary>The fields that rows are sorted by, as they were named.</summary>
    public IEnumerable<string> Fields => _terms.Select(term => term.Field);

    /// <summary>Reads an order; empty text is <see cref="Newest"/>. Fails with <c>INVALID_ORDER_BY</c> and the position of the fault.</summary>
    public static Result<OrderBy> Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Newest;
        var terms = new List<Term>();
        var position = 0;
        foreach (var part in text.Split(','))
        {
            var start = position + part.Length - part.TrimStart().Length;
            position += part.Length + 1;
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is not ([_] or [_, "asc" or "desc"]))
                return FilterErrors.OrderAt(start, "Write a field, and after it 'desc' for descending order: close_date desc, name.");
            if (terms.Any(term => term.Field == words[0]))
                return FilterErrors.OrderAt(start, Say($"'{words[0]}' is named twice."));
            if (terms.Count == FilterLimits.SortKeys)
                return FilterErrors.OrderAt(start, Say($"An order has at most {FilterLimits.SortKeys} fields."));
            terms.Add(new Term(words[0], words is [_, "desc"], start));
        }

        return new OrderBy(text, terms);
    }

    /// <summary>Ties the order to a resource. Fails with <c>INVALID_ORDER_BY</c> where a field is unknown or cannot be sorted by.</summary>
    /// <param name="schema">The fields of the resource.</param>
    /// <param name="fields">Those that the tenant added; null where they are not known, and nothing is sorted by them.</param>
    public Result<BoundOrder<T>> Bind<T>(FilterSchema<T> schema, TenantFields? fields = null)
        where T : class
    {
        var keys = new List<BoundOrder<T>.Key>();
        foreach (var term in _terms)
        {
            var sortable = schema.SortableNames.Concat(schema.CustomNames(fields)).Order(StringComparer.Ordinal);
            if (schema.Find(term.Field, fields) is not { } field)
                return FilterErrors.OrderAt(term.Position, Say($"There is no field '{term.Field}'.{FilterErrors.DidYouMean(term.Field, sortable)}"));
            if (field.SortKey is not { } key)
                return FilterErrors.OrderAt(term.Position, Say($"Rows are not sorted by '{term.Field}'; they are by {string.Join(", ", sortable.Take(50))}."));
            var kept = schema.KeptOrderOf(term.Field, fields);
            if (kept is { IsRollUp: true } && _terms.Count > 1)
                return FilterErrors.OrderAt(term.Position, Say($"'{term.Field}' is a roll-up: rows are sorted by it alone."));
            keys.Add(new BoundOrder<T>.Key(term.Field, key, term.Descending) { Kept = kept, AlsoReads = field.AlsoSortedBy });
        }

        return new BoundOrder<T>(schema.Row, keys);
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private sealed record Term(string Field, bool Descending, int Position);
}
