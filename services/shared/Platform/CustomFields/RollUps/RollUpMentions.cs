using System.Text.RegularExpressions;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;

namespace Platform.CustomFields.RollUps;

/// <summary>Roll-ups that an expression names although it cannot read them; asked only to say why it is wrong.</summary>
internal static partial class RollUpMentions
{
    /// <summary>The path of the first one; null where there is none.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="beside">The roll-ups, and formulas over them, of the kind of record that it speaks of.</param>
    public static string? In(string text, IEnumerable<DefinedField> beside) => PathsIn(text).FirstOrDefault(path => beside.Any(field => FormulaFields.PathOf(field.Key) == path));

    /// <summary>The way on which a field reads itself, the first one again at the end; null where it does not.</summary>
    /// <param name="field">A formula or roll-up.</param>
    /// <param name="all">The fields of all kinds of records.</param>
    public static IReadOnlyList<string>? CycleOf(Field field, IReadOnlyCollection<Field> all)
    {
        var way = new List<Field>();
        return Leads(field, field, all, way, []) ? [.. way.Append(field).Select(NameOf)] : null;
    }

    /// <summary>How many steps it is to the roll-ups that a formula reads; 0 where it reads none.</summary>
    public static int DepthOf(Field formula, IReadOnlyCollection<Field> all, HashSet<string> seen) => !seen.Add(NameOf(formula)) ? 0
        : ReadBy(formula, all).Select(read => read.Type == FieldType.RollUp ? 1 : DepthOf(read, all, seen) is > 0 and var depth ? depth + 1 : 0).DefaultIfEmpty().Max();

    private static bool Leads(Field from, Field to, IReadOnlyCollection<Field> all, List<Field> way, HashSet<string> seen)
    {
        way.Add(from);
        foreach (var read in ReadBy(from, all))
        {
            if (NameOf(read) == NameOf(to) || (seen.Add(NameOf(read)) && Leads(read, to, all, way, seen)))
                return true;
        }

        way.RemoveAt(way.Count - 1);
        return false;
    }

    private static IEnumerable<Field> ReadBy(Field field, IReadOnlyCollection<Field> all)
    {
        var (resource, text) = field.RollUp is { } rollUp ? (rollUp.Resource, $"{rollUp.Value} {rollUp.Filter}") : (field.Resource, field.Formula);
        var paths = PathsIn(text).ToHashSet(StringComparer.Ordinal);
        return all.Where(other => other.Resource == resource && other.Type is FieldType.Formula or FieldType.RollUp && paths.Contains(FormulaFields.PathOf(other.Key)));
    }

    private static string NameOf(Field field) => $"{field.Resource}.{FormulaFields.PathOf(field.Key)}";

    private static IEnumerable<string> PathsIn(string text) => Path().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\bcustom_fields\.[a-z0-9_]+")]
    private static partial Regex Path();
}
