using Platform.Filtering;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Views;

/// <summary>What of a view does not fit its resource, when it is written and, after a field went, when it is read.</summary>
internal static class ViewFaults
{
    private const int MaxPath = 200;

    private static readonly string[] Groups = ["enum", "boolean", "single_choice", "user", "relation"];
    private static readonly string[] Days = ["date", "instant"];

    public static IReadOnlyList<Fault> Of(V1.SavedView view, ResourceShape resource)
    {
        var faults = new List<Fault>();
        if (resource.Bind(view.Filter).Error is { } error)
            faults.Add(Fault.Of(error, "filter"));
        if (FaultOfOrder(view.OrderBy, resource) is { } order)
            faults.Add(order);
        for (var i = 0; i < view.Columns.Count; i++)
        {
            if (resource.Find(view.Columns[i].Path) is null)
                faults.Add(NoField($"columns[{i}].path", view.Columns[i].Path, resource));
        }

        if (FaultOfField("groupField", view.GroupField, Groups, resource) is { } group)
            faults.Add(group);
        if (FaultOfField("calendarField", view.CalendarField, Days, resource) is { } day)
            faults.Add(day);
        return faults;
    }

    public static Fault NoField(string part, string path, ResourceShape resource) => new(part, Say(
        $"{resource.Name} has no field '{Short(path)}'.{DidYouMean(path, resource, "Did you mean")}",
        $"{resource.Name} hat kein Feld '{Short(path)}'.{DidYouMean(path, resource, "Meinten Sie")}",
        $"В {resource.Name} нет поля «{Short(path)}».{DidYouMean(path, resource, "Возможно,")}"));

    /// <summary>What is wrong with an order over the resource; null where nothing is.</summary>
    public static Fault? FaultOfOrder(string text, ResourceShape resource)
    {
        var order = OrderBy.Parse(text);
        if (order.IsError)
            return Fault.Of(order.Error, "orderBy");
        if (order.Value.Fields.FirstOrDefault(field => resource.Find(field) is not { Sortable: true }) is not { } unsorted)
            return null;
        var at = text.IndexOf(unsorted, StringComparison.Ordinal) + 1;
        var fault = resource.Find(unsorted) is null ? NoField("orderBy", unsorted, resource).Message : Say(
            $"Rows are not sorted by '{unsorted}'.", $"Nach '{unsorted}' wird nicht sortiert.", $"По «{unsorted}» не сортируют.");
        return new Fault("orderBy", Say($"At character {at}: {fault}", $"Bei Zeichen {at}: {fault}", $"Знак {at}: {fault}")) { Code = "INVALID_ORDER_BY" };
    }

    /// <summary>What is wrong with a path that has to be of some types; null where nothing is.</summary>
    public static Fault? FaultOfField(string part, string path, string[] kinds, ResourceShape resource)
    {
        if (path.Length == 0)
            return null;
        if (resource.Find(path) is not { } field)
            return NoField(part, path, resource);
        return kinds.Contains(field.Type) ? null : new Fault(part, Say(
            $"'{path}' is of the type {field.Type}: use one of {string.Join(", ", kinds)}.",
            $"'{path}' ist vom Typ {field.Type}: nehmen Sie {string.Join(", ", kinds)}.",
            $"«{path}» имеет тип {field.Type}: подходят {string.Join(", ", kinds)}."));
    }

    // A refusal has to fit into a trailer of gRPC, whatever was sent.
    private static string Short(string path) => path.Length <= MaxPath ? path : $"{path[..MaxPath]}…";

    private static string DidYouMean(string path, ResourceShape resource, string words) =>
        resource.Fields.Select(field => field.Path).FirstOrDefault(known => path.Length > 2 && known.Contains(path, StringComparison.OrdinalIgnoreCase)) is { } close ? $" {words} '{close}'?" : "";
}
