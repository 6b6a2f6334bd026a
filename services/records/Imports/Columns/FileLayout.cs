using Platform.Importing;
using Platform.Importing.Columns;

namespace Platform.Records.Imports.Columns;

/// <summary>What the columns of a file hold, and which of them a record is recognised by.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Match">How records are recognised.</param>
/// <param name="IsNumbered">Whether the object numbers its records, so that a name may be left out.</param>
internal sealed record FileLayout(ColumnMap<RecordColumn> Columns, MatchField Match, bool IsNumbered)
{
    public bool LacksName(V1.Record record) => !IsNumbered && record.Name.Length == 0;

    public RowFault MissingName(long line) => new(line, Columns.HeaderOf(RecordColumn.Name), "MISSING_NAME", "A record needs a name.");
}
