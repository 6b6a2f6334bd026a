using Platform.Access;
using Platform.CustomFields.Formulas;
using Platform.CustomFields.V1;
using Platform.Errors;

namespace Platform.CustomFields.RollUps;

/// <summary>What holds when a company changes its roll-ups, or what they read.</summary>
public static class RollUpRules
{
    /// <summary>The roll-up field with the type of its values; or what is wrong with it.</summary>
    /// <param name="field">As it is to be.</param>
    /// <param name="others">The other fields that are in use, of all kinds of records.</param>
    public static Result<Field> Check(Field field, IReadOnlyCollection<Field> others)
    {
        var rollUp = RollUpField.Of(field, Known(others, field));
        if (!rollUp.IsError)
            return new Field(field) { ResultType = rollUp.Value.ResultType };
        return rollUp.Error.Code == "ROLL_UP_NOT_READABLE" && RollUpMentions.CycleOf(field, [.. others, field]) is { } way
            ? RollUpErrors.Cycle(rollUp.Error.Violations[0].Field, way)
            : rollUp.Error;
    }

    /// <summary>That a formula reads itself by way of roll-ups; null where it does not.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="others">The other fields that are in use, the formulas and roll-ups of all kinds of records among them.</param>
    public static Error? CycleOf(Field formula, IReadOnlyCollection<Field> others) =>
        RollUpMentions.CycleOf(formula, [.. others, formula]) is { } way ? RollUpErrors.Cycle("field.formula", way) : null;

    /// <summary>The first of several fields that reads itself by way of roll-ups, and the refusal that shows it; null where none does.</summary>
    /// <param name="changed">The fields that are to be made or changed together.</param>
    /// <param name="all">All fields that are to be, of all kinds of records, these among them.</param>
    public static (Field Field, Error Error)? FindCycle(IEnumerable<Field> changed, IReadOnlyCollection<Field> all)
    {
        var made = all.Where(field => field.Type is FieldType.Formula or FieldType.RollUp).ToList();
        if (made.TrueForAll(field => field.Type == FieldType.Formula))
            return null;
        foreach (var field in changed.Where(field => field.Type is FieldType.Formula or FieldType.RollUp))
        {
            if (RollUpMentions.CycleOf(field, made) is { } way && (field.Type == FieldType.RollUp || !way.All(path => path.StartsWith($"{field.Resource}.", StringComparison.Ordinal))))
                return (field, RollUpErrors.Cycle(PlaceOf(field, way[1]), way));
        }

        return null;
    }

    /// <summary>How far behind the roll-ups that it comes to read a formula is; 0 where it reads none.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="all">The fields of all kinds of records.</param>
    public static int DepthOf(Field formula, IReadOnlyCollection<Field> all) => RollUpMentions.DepthOf(formula, all, []);

    /// <summary>What would be wrong with a roll-up that reads the field; null where nothing would be.</summary>
    /// <param name="field">As it is to be.</param>
    /// <param name="others">The other fields that are in use, of all kinds of records.</param>
    public static Error? BrokenBy(Field field, IReadOnlyCollection<Field> others)
    {
        var readers = others.Where(other => other.Type == FieldType.RollUp && other.RollUp.Resource == field.Resource).ToList();
        if (readers.Count == 0)
            return null;
        var fields = Known(others, field);
        return readers.Select(reader => (reader, RollUpField.Of(reader, fields).Error)).Where(reader => reader.Error is not null)
            .Select(reader => RollUpErrors.Breaks(NameOf(reader.reader), reader.Error!)).FirstOrDefault();
    }

    /// <summary>A roll-up that reads the field; null where none does.</summary>
    /// <param name="field">The field.</param>
    /// <param name="others">The other fields that are in use, of all kinds of records.</param>
    public static string? ReaderOf(Field field, IReadOnlyCollection<Field> others)
    {
        var readers = others.Where(other => other.Type == FieldType.RollUp && other.RollUp.Resource == field.Resource).ToList();
        var fields = readers.Count == 0 ? null : Known(others, field);
        return readers.Select(reader => RollUpField.Of(reader, fields!).Value).FirstOrDefault(reader => reader?.Reads.Contains(FormulaFields.PathOf(field.Key)) is true) is { } found ? NameOf(found.Definition) : null;
    }

    // Where it names the next field on the way.
    private static string PlaceOf(Field field, string next) => field.RollUp is not { } rollUp ? "field.formula"
        : rollUp.Value.Contains(next[next.IndexOf(ResourceInfo.CustomFields, StringComparison.Ordinal)..], StringComparison.Ordinal) ? "field.rollUp.value" : "field.rollUp.filter";

    private static string NameOf(Field field) => $"{field.Resource}.{FormulaFields.PathOf(field.Key)}";

    private static TenantFields Known(IReadOnlyCollection<Field> others, Field field) => new(new Schema { Fields = { others.Where(other => other.Type != FieldType.RollUp || other.Resource != field.Resource || other.Key != field.Key), field } });
}
