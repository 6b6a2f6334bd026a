using Platform.CustomFields.V1;
using Platform.Errors;

namespace Platform.CustomFields.Formulas;

/// <summary>What holds when a company changes its formulas.</summary>
public static class FormulaRules
{
    /// <summary>The formula field with the type of its values; or what is wrong with it, or with another that reads it.</summary>
    /// <param name="field">As it is to be.</param>
    /// <param name="others">The other fields of the kind of record that are in use.</param>
    public static Result<Field> Check(Field field, IReadOnlyCollection<Field> others)
    {
        var typed = field.Clone();
        // What it was before, so that a formula that reads itself is told so.
        if (FormulaTypes.Of(typed.ResultType) is null)
            typed.ResultType = FieldType.Decimal;
        var formula = Formula.Parse(field.Formula, FormulaFields.Of(field.Resource, [.. others, typed]));
        if (formula.IsError)
            return formula.Error;
        typed.ResultType = formula.Value.Type.Stored();
        var graph = new FormulaGraph(field.Resource, [.. others, typed]);
        if (graph.Cycle is { } cycle)
            return FormulaErrors.Cycle(cycle);
        return graph.Fault is { } fault ? FormulaErrors.Breaks(FormulaFields.PathOf(fault.Key), fault.Error) : typed;
    }

    /// <summary>What would be wrong with a formula that reads the field; null where nothing would be.</summary>
    /// <param name="field">As it is to be.</param>
    /// <param name="others">The other fields of the kind of record that are in use.</param>
    public static Error? BrokenBy(Field field, IReadOnlyCollection<Field> others) =>
        new FormulaGraph(field.Resource, [.. others, field]).Fault is { } fault ? FormulaErrors.Breaks(FormulaFields.PathOf(fault.Key), fault.Error) : null;

    /// <summary>
    /// Fields in an order in which they can be made: formulas last, each behind what it reads. What is wrong or reads itself comes at
    /// the end, and says so when it is made.
    /// </summary>
    public static IReadOnlyList<Field> InOrder(IEnumerable<Field> fields) =>
        [.. fields.GroupBy(field => field.Resource, StringComparer.Ordinal).SelectMany(kind => InOrder(kind.Key, kind))];

    private static List<Field> InOrder(string resource, IEnumerable<Field> fields)
    {
        var (ready, waiting) = (new List<Field>(), new List<Field>());
        foreach (var field in fields)
            (field.Type == FieldType.Formula ? waiting : ready).Add(field);
        while (waiting.Count > 0)
        {
            var known = FormulaFields.Of(resource, ready);
            var before = ready.Count;
            foreach (var field in waiting)
            {
                if (Formula.Parse(field.Formula, known) is { IsError: false, Value: var formula })
                    ready.Add(new Field(field) { ResultType = formula.Type.Stored() });
            }

            if (ready.Count == before)
                break;
            waiting.RemoveAll(field => ready.Exists(done => done.Key == field.Key));
        }

        return [.. ready, .. waiting];
    }

    /// <summary>A formula that reads the field; null where none does.</summary>
    public static string? ReaderOf(Field field, IReadOnlyCollection<Field> all) =>
        new FormulaGraph(field.Resource, all).InOrder.FirstOrDefault(item => item.Formula.Fields.Contains(FormulaFields.PathOf(field.Key))).Field?.Key;
}
