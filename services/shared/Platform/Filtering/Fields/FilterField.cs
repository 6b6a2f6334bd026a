using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Fields;

/// <summary>A field of a resource.</summary>
internal abstract class FilterField<T>(string name, FilterKind kind)
{
    public string Name => name;

    public FilterKind Kind => kind;

    /// <summary>How rows are sorted by it; null where they cannot be.</summary>
    public SortKey<T>? SortKey { get; init; }

    /// <summary>The other fields of the row that the comparison looks at.</summary>
    public virtual IEnumerable<string> AlsoReads(Restriction restriction) => [];

    /// <summary>The other fields of the row that an order by it tells of.</summary>
    public virtual IEnumerable<string> AlsoSortedBy => [];

    /// <summary>What it holds, for formulas; missing where they do not read it.</summary>
    public virtual FormulaValue ValueOf(T row) => FormulaValue.Missing;

    /// <summary>Checks the comparison and makes it one of this field.</summary>
    public abstract Result<Condition<T>> Bind(Restriction restriction);

    /// <summary>The fault of a path that goes on where the field has nothing below it.</summary>
    protected Error? CheckPath(FieldPath path) =>
        path.Parts.Count == 1 ? null : FilterErrors.At(path.Position, Say($"'{name}' has no field '{string.Join('.', path.Parts.Skip(1))}'."));

    /// <summary>Whether it is asked if there is a value: <c>field:*</c>, <c>field = null</c>; null where something else is asked.</summary>
    internal static bool? AsksPresence(Restriction restriction) => restriction switch
    {
        { Comparator: Comparator.Has, Argument: Literal { IsWildcard: true } } => true,
        { Comparator: Comparator.Equal or Comparator.Has, Argument: Literal { IsNull: true } } => false,
        { Comparator: Comparator.NotEqual, Argument: Literal { IsNull: true } } => true,
        _ => null,
    };

    internal static Condition<T> WithNot(Condition<T> condition, bool wanted) => wanted ? condition : new Inversion<T>(condition);
}
