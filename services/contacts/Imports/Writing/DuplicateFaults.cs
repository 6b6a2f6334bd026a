using Platform.Contacts.Duplicates;
using Platform.Contacts.Imports.Rows;
using Platform.Importing;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Imports.Writing;

/// <summary>How a row is told of that may be a record that is there.</summary>
internal static class DuplicateFaults
{
    public static RowFault Of(RowDraft draft, RowMatch match) => new(draft.Line, "", "DUPLICATE", Say($"There is such a record already: {match.OtherId}."));
}
