using Platform.Data;

namespace Platform.Contacts.Duplicates;

/// <summary>Records were written that are to be compared.</summary>
internal sealed class DuplicateCheckSignal() : WorkSignal(typeof(DuplicateCheck));
