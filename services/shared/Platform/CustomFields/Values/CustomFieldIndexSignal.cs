using Platform.Data;

namespace Platform.CustomFields.Values;

/// <summary>There is work for the indexer.</summary>
internal sealed class CustomFieldIndexSignal() : WorkSignal(typeof(CustomFieldIndex));
