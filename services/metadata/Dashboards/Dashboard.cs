using Platform.Metadata.Shapes;

namespace Platform.Metadata.Dashboards;

/// <summary>Widgets that somebody looks at first.</summary>
internal sealed class Dashboard : OwnedShape<V1.Dashboard>;
