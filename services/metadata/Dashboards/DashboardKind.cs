using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using Platform.Tenancy;

namespace Platform.Metadata.Dashboards;

internal sealed class DashboardKind() : OwnedShapeKind<Dashboard, V1.Dashboard>("dashboard", "dashboards", limit: 100)
{
    public static readonly DashboardKind Instance = new();

    public override IValidator<V1.Dashboard> Validator { get; } = WithOwner(new DashboardValidator());

    public override V1.Dashboard Settle(V1.Dashboard message, Caller caller)
    {
        message.Problems.Clear();
        (message.Label, message.Generated) = (message.Label.Trim(), false);
        foreach (var widget in message.Widgets)
            (widget.Filter, widget.OrderBy) = (widget.Filter.Trim(), widget.OrderBy.Trim());
        return base.Settle(message, caller);
    }

    public override async Task<IReadOnlyList<Fault>> FaultsAsync(V1.Dashboard message, ShapeWork work, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        for (var i = 0; i < message.Widgets.Count; i++)
        {
            var part = $"widgets[{i}]";
            var found = await work.FindAsync(message.Widgets[i].Resource, cancellationToken) is { } resource ? WidgetFaults.Of(message.Widgets[i], resource) : [ShapeWork.NoResource];
            faults.AddRange(found.Select(fault => fault with { Part = $"{part}.{fault.Part}" }));
        }

        return faults;
    }

    public override async Task DressAsync(IReadOnlyList<V1.Dashboard> messages, ShapeWork work, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            message.Problems.AddRange((await FaultsAsync(message, work, cancellationToken)).Select(fault => new ViewProblem { Part = fault.Part, Message = fault.Message }));
    }

    private static DashboardValidator WithOwner(DashboardValidator validator)
    {
        AddRules(validator);
        return validator;
    }
}
