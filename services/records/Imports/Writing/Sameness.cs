using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Importing.Columns;
using Platform.Records.Objects;

namespace Platform.Records.Imports.Writing;

/// <summary>
/// By what a record is recognised of which the file has no key: everything that the file says of it. Two machines may share a name,
/// but the same row once more is the same machine.
/// </summary>
internal sealed class Sameness(IReadOnlyList<CustomColumn> columns)
{
    // No key begins like that.
    private const char Mark = '\0';

    public string KeyOf(V1.Record record) => KeyOf(record.Name, record.CustomFields);

    /// <summary>What a row may say of a record that is there: one without a name is called by its number.</summary>
    public IEnumerable<string> KeysOf(Record record)
    {
        string[] names = record.Name == record.Number ? [record.Name, ""] : [record.Name];
        return names.Select(name => KeyOf(name, record.CustomFields));
    }

    /// <summary>The records that could be one of these.</summary>
    public async Task<List<Record>> FindAsync(ProtectedSet<Record> kind, string objectKey, List<V1.Record> sought, CancellationToken cancellationToken)
    {
        var found = new List<Record>();
        var names = sought.Where(record => record.Name.Length > 0).Select(record => record.Name).Distinct().ToList();
        if (names.Count > 0)
            found.AddRange(await kind.Where(row => names.Contains(row.Name)).ToListAsync(cancellationToken));
        // A record without a name is looked for by the first value that the file has of it.
        foreach (var group in sought.Where(record => record.Name.Length == 0).GroupBy(record => columns.FirstOrDefault(column => record.CustomFields.Fields.ContainsKey(column.Field.Key))?.Field.Key))
        {
            if (group.Key is not { } key)
                continue;
            var values = group.Select(record => JsonFormatter.Default.Format(record.CustomFields.Fields[key])).Distinct().ToList();
            found.AddRange(await kind.Unnamed(objectKey, key, values).ToListAsync(cancellationToken));
        }

        return found;
    }

    private string KeyOf(string name, Struct values) =>
        $"{Mark}{name}{Mark}{string.Join(Mark, columns.Select(column => values.Fields.GetValueOrDefault(column.Field.Key)?.ToString() ?? ""))}";
}
