using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;
using Platform.Metadata.Views;
using Platform.Tenancy;

namespace Platform.Metadata.Layouts;

internal sealed class LayoutShapeKind() : ShapeKind<Layout, V1.Layout>("layout", "layouts", limit: 200)
{
    public static readonly LayoutShapeKind Instance = new();

    public override IValidator<V1.Layout> Validator { get; } = new LayoutValidator();

    public override IReadOnlyList<string> Fixed => ["key", "resource", "kind"];

    public override string ScopeOf(V1.Layout message, Caller caller) => message.Resource;

    public override Error? MayWrite(V1.Layout message, Caller caller) => caller.Permissions.Contains(Permissions.Write) ? null : ShapeErrors.NeedsWrite;

    public override V1.Layout Settle(V1.Layout message, Caller caller)
    {
        message.Problems.Clear();
        (message.Label, message.Condition, message.Generated) = (message.Label.Trim(), message.Condition.Trim(), false);
        return message;
    }

    public override async Task<IReadOnlyList<Fault>> FaultsAsync(V1.Layout message, ShapeWork work, CancellationToken cancellationToken) =>
        await work.FindAsync(message.Resource, cancellationToken) is { } resource ? FaultsOf(message, resource) : [ShapeWork.NoResource];

    public override async Task DressAsync(IReadOnlyList<V1.Layout> messages, ShapeWork work, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            message.Problems.AddRange((await FaultsAsync(message, work, cancellationToken)).Select(fault => new ViewProblem { Part = fault.Part, Message = fault.Message }));
    }

    private static List<Fault> FaultsOf(V1.Layout layout, ResourceShape resource)
    {
        var faults = new List<Fault>();
        if (resource.Bind(layout.Condition).Error is { } error)
            faults.Add(Fault.Of(error, "condition"));
        for (var i = 0; i < layout.Sections.Count; i++)
        {
            for (var j = 0; j < layout.Sections[i].Fields.Count; j++)
            {
                if (resource.Find(layout.Sections[i].Fields[j].Path) is null)
                    faults.Add(ViewFaults.NoField($"sections[{i}].fields[{j}].path", layout.Sections[i].Fields[j].Path, resource));
            }
        }

        return faults;
    }
}
