using Platform.Metadata.Shapes;

namespace Platform.Metadata.Dictionaries;

/// <summary>A named list of choices.</summary>
internal sealed class Dictionary : Shape<V1.Dictionary>;
