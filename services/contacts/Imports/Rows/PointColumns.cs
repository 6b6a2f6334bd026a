using System.Collections.Concurrent;
using Platform.Contacts.Imports.Columns;
using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>The columns of e-mails, phones and addresses, with what their headers say, which is read once for a file.</summary>
internal sealed class PointColumns(ColumnMap<ImportField> columns)
{
    private readonly ConcurrentDictionary<string, PointHeader?> _headers = new(StringComparer.Ordinal);

    /// <summary>The values of the columns that mean the field, each with what its header says; null where that is nothing but the field.</summary>
    public IEnumerable<(PointHeader? Header, string Value)> Named(string[] row, ImportField field) => columns.GetNamed(row, field).Select(found => (HeaderOf(found.Name), found.Value));

    /// <summary>The values alone.</summary>
    public IEnumerable<string> GetAll(string[] row, ImportField field) => columns.GetAll(row, field);

    /// <summary>What one is for: as its header says, else as a column of labels with the same number does, "E-mail 2 - Label" beside "E-mail 2 - Value".</summary>
    public string LabelOf(string[] row, PointHeader? header, ImportField labels) => header is null || header.Label.Length > 0 || header.Number == 0
        ? header?.Label ?? ""
        // Google marks the one that is used most with an asterisk.
        : columns.GetNamed(row, labels).FirstOrDefault(label => HeaderOf(label.Name)?.Number == header.Number).Value?.TrimStart('*', ' ') ?? "";

    private PointHeader? HeaderOf(string name) => _headers.GetOrAdd(name, PointHeaders.Find);
}
