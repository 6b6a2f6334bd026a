using Platform.CustomFields.V1;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;
using Platform.Metadata.Views;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Dashboards;

/// <summary>What of a widget does not fit its resource.</summary>
internal static class WidgetFaults
{
    private static readonly string[] Groups = ["enum", "boolean", "single_choice", "user", "relation", "date", "instant"];
    private static readonly string[] Figures = ["number", "decimal", "money"];

    public static IReadOnlyList<Fault> Of(Widget widget, ResourceShape resource)
    {
        var faults = new List<Fault>();
        if (resource.Bind(widget.Filter).Error is { } error)
            faults.Add(Fault.Of(error, "filter"));
        if (ViewFaults.FaultOfOrder(widget.OrderBy, resource) is { } order)
            faults.Add(order);
        for (var i = 0; i < widget.Columns.Count; i++)
        {
            if (resource.Find(widget.Columns[i]) is null)
                faults.Add(ViewFaults.NoField($"columns[{i}]", widget.Columns[i], resource));
        }

        if (ViewFaults.FaultOfField("groupBy", widget.GroupBy, Groups, resource) is { } group)
            faults.Add(group);
        if (NeedsField(widget.Aggregation) && FaultOfFigure(widget.Aggregation, resource) is { } figure)
            faults.Add(figure);
        return faults;
    }

    /// <summary>The paths that it reads, but for those of its filter.</summary>
    public static IEnumerable<string> Paths(Widget widget) =>
        widget.Columns.Append(widget.GroupBy).Append(NeedsField(widget.Aggregation) ? widget.Aggregation.Field : "").Where(path => path.Length > 0);

    public static bool NeedsField(Aggregation? aggregation) => aggregation is { Function: not (AggregateFunction.Unspecified or AggregateFunction.Count) };

    private static Fault? FaultOfFigure(Aggregation aggregation, ResourceShape resource) => aggregation.Field.Length > 0
        ? ViewFaults.FaultOfField("aggregation.field", aggregation.Field, Figures, resource)
        : new Fault("aggregation.field", Say("Name the field that is added up.", "Nennen Sie das Feld, das gerechnet wird.", "Укажите поле, которое считается."));
}
