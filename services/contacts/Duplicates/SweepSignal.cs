using Platform.Contacts.Chores;
using Platform.Data;

namespace Platform.Contacts.Duplicates;

/// <summary>There is work that is due, or will be: a sweep among it.</summary>
internal sealed class SweepSignal() : WorkSignal(typeof(Chore));
