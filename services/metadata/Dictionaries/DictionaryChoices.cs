using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Resources;

namespace Platform.Metadata.Dictionaries;

/// <summary>Fields that have their choices from a dictionary, and those choices.</summary>
internal static class DictionaryChoices
{
    private static readonly V1.FieldType[] Chosen = [V1.FieldType.SingleChoice, V1.FieldType.MultipleChoice];

    /// <summary>All fields that could name a dictionary, deleted ones among them.</summary>
    public static Task<List<CustomField>> ChoiceFieldsAsync(this MetadataDbContext db, CancellationToken cancellationToken) =>
        db.Fields.AsNoTracking().Where(field => Chosen.Contains(field.Type)).ToListAsync(cancellationToken);

    /// <summary>The fields as services and forms need them: with the choices that they have now.</summary>
    public static async Task<IReadOnlyList<V1.Field>> WithChoicesAsync(this MetadataDbContext db, IEnumerable<V1.Field> fields, CancellationToken cancellationToken)
    {
        var all = fields.ToList();
        var keys = all.Select(field => field.Dictionary).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (keys.Count == 0)
            return all;
        var dictionaries = await db.Dictionaries.AsNoTracking().Where(dictionary => keys.Contains(dictionary.Key)).ToDictionaryAsync(dictionary => dictionary.Key, StringComparer.Ordinal, cancellationToken);
        foreach (var field in all.Where(field => dictionaries.ContainsKey(field.Dictionary)))
            field.Choices.AddRange(dictionaries[field.Dictionary].Definition.Entries.Select(entry => entry.Clone()));
        return all;
    }

    /// <summary>The field as it is kept, its default checked against the choices of its dictionary.</summary>
    public static async Task<Result<V1.Field>> WithStoredDefaultAsync(this MetadataDbContext db, V1.Field field, CancellationToken cancellationToken)
    {
        if (field.Dictionary.Length == 0)
            return FieldRules.WithStoredDefault(field);
        var whole = (await db.WithChoicesAsync([field.Clone()], cancellationToken))[0];
        if (whole.Choices.Count == 0)
            return Error.Invalid("field.dictionary", Language.Say(
                $"There is no dictionary '{field.Dictionary}': make it first.", $"Es gibt kein Verzeichnis '{field.Dictionary}': legen Sie es zuerst an.", $"Справочника «{field.Dictionary}» нет: сначала создайте его."));
        var stored = FieldRules.WithStoredDefault(whole);
        if (!stored.IsError)
            stored.Value.Choices.Clear();
        return stored;
    }
}
