using Platform.Contacts.Chores;
using Platform.Data;

namespace Platform.Contacts.ContactPoints;

/// <summary>There may be phones of earlier records to be understood.</summary>
internal sealed class NumberPhonesSignal() : WorkSignal(typeof(Chore));
