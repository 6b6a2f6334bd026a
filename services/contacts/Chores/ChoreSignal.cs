using Platform.Data;

namespace Platform.Contacts.Chores;

/// <summary>There is work that is due, or will be.</summary>
internal sealed class ChoreSignal() : WorkSignal(typeof(Chore));
