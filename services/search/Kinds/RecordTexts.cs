using System.Collections;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.Search.Index;
using Platform.Search.Texts;

namespace Platform.Search.Kinds;

/// <summary>Takes the texts out of a record that are searched.</summary>
internal static class RecordTexts
{
    /// <summary>Of a longer text the beginning is searched.</summary>
    public const int MaxLength = 4_000;

    /// <summary>The record as the index has it.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="record">The message.</param>
    /// <param name="fields">The fields that the company defined.</param>
    /// <param name="asOf">When it was like this.</param>
    public static IndexedRecord Of(RecordKind kind, IMessage record, TenantFields? fields, DateTimeOffset asOf)
    {
        var id = IdOf(record) ?? throw new ArgumentException("It has no id.", nameof(record));
        var own = kind.Fields.Select(field => (Field: field, Text: TextOf(record, field.Path.Split('.'))));
        var values = CustomFieldsOf(record);
        var custom = values is null || fields is null ? [] : CustomTexts.Of(fields, kind.Name).Select(field => (Field: field, Text: CustomTexts.TextOf(values, field) ?? ""));
        return new IndexedRecord(kind.Name, id, asOf, [.. own.Concat(custom).Where(text => text.Text.Length > 0).Select(text => new IndexedText(text.Field.Path, Words.BeginningOf(text.Text, MaxLength), text.Field.Weight, text.Field.Use))]);
    }

    /// <summary>The id of a record; null where it has none.</summary>
    public static Guid? IdOf(IMessage record) => Guid.TryParse((string)record.Descriptor.FindFieldByName("id").Accessor.GetValue(record), out var id) ? id : null;

    /// <summary>What companies added to the record; null where there is nothing.</summary>
    public static Struct? CustomFieldsOf(IMessage record) =>
        record.Descriptor.FindFieldByName(ResourceInfo.CustomFields)?.Accessor.GetValue(record) is Struct { Fields.Count: > 0 } values ? values : null;

    private static string TextOf(IMessage message, ReadOnlySpan<string> path) => message.Descriptor.FindFieldByName(path[0])?.Accessor.GetValue(message) switch
    {
        string text => text.Trim(),
        IMessage inner when path.Length > 1 => TextOf(inner, path[1..]),
        IList list => TextOf(list, path[1..]),
        _ => "",
    };

    private static string TextOf(IList list, ReadOnlySpan<string> path)
    {
        var texts = new List<string>();
        foreach (var item in list)
            texts.Add(item is IMessage message ? TextOf(message, path) : ((string)item).Trim());
        return string.Join('\n', texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
    }
}
