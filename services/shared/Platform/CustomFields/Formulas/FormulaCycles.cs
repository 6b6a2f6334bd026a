using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Parsing;

namespace Platform.CustomFields.Formulas;

/// <summary>
/// Formulas that read each other, found by their words alone: while all of them are new, none has a type by which the next could be
/// checked.
/// </summary>
public static class FormulaCycles
{
    /// <summary>A field that reads itself, by whatever way, and the refusal that shows it; null where none does.</summary>
    /// <param name="fields">All fields of a company that are to be; where several read each other, the first of them is told.</param>
    public static (Field Field, Error Error)? Find(IReadOnlyCollection<Field> fields)
    {
        foreach (var kind in fields.Where(field => field.Type == FieldType.Formula).GroupBy(field => field.Resource, StringComparer.Ordinal))
        {
            var reads = kind.ToDictionary(field => field.Key, field => ReadBy(field.Formula), StringComparer.Ordinal);
            foreach (var field in kind)
            {
                if (WayBack(field.Key, reads) is { } way)
                    return (field, FormulaErrors.Cycle(way.Select(FormulaFields.PathOf)));
            }
        }

        return null;
    }

    // The shortest, with the field at both ends: each formula is looked at once, in the order of its distance.
    private static List<string>? WayBack(string start, Dictionary<string, List<string>> reads)
    {
        var (from, next) = (new Dictionary<string, string>(StringComparer.Ordinal), new Queue<string>([start]));
        while (next.TryDequeue(out var key))
        {
            foreach (var read in reads[key])
            {
                if (read == start)
                    return Way(start, key, from);
                if (reads.ContainsKey(read) && from.TryAdd(read, key))
                    next.Enqueue(read);
            }
        }

        return null;
    }

    private static List<string> Way(string start, string last, Dictionary<string, string> from)
    {
        var way = new List<string> { start };
        for (var key = last; key != start; key = from[key])
            way.Add(key);
        way.Add(start);
        way.Reverse();
        return way;
    }

    private static List<string> ReadBy(string formula)
    {
        var tokens = formula.Length > FilterLimits.Length ? [] : new Lexer(formula, isFormula: true).Read();
        var keys = new List<string>();
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i] is { Kind: TokenKind.Word } word && tokens[i + 1].Kind == TokenKind.Dot && tokens[i + 2].Kind == TokenKind.Word && FormulaFields.KeyOf($"{word.Text}.{tokens[i + 2].Text}") is { } key)
                keys.Add(key);
        }

        return keys;
    }
}
