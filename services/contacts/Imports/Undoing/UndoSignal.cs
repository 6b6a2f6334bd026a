using Platform.Contacts.Chores;
using Platform.Data;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>There is work that is due, or will be: an import to be taken back among it.</summary>
internal sealed class UndoSignal() : WorkSignal(typeof(Chore));
