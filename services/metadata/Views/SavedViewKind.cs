using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using Platform.Tenancy;

namespace Platform.Metadata.Views;

internal sealed class SavedViewKind() : OwnedShapeKind<SavedView, V1.SavedView>("saved_view", "saved_views", limit: 500)
{
    public static readonly SavedViewKind Instance = new();

    public override IValidator<V1.SavedView> Validator { get; } = WithOwner(new SavedViewValidator());

    public override IReadOnlyList<string> Fixed => ["key", "resource"];

    public override V1.SavedView Settle(V1.SavedView message, Caller caller)
    {
        message.Kind = message.Kind == V1.SavedViewKind.Unspecified ? V1.SavedViewKind.Table : message.Kind;
        (message.Label, message.Filter, message.OrderBy, message.Preferred) = (message.Label.Trim(), message.Filter.Trim(), message.OrderBy.Trim(), false);
        message.Problems.Clear();
        return base.Settle(message, caller);
    }

    public override async Task<IReadOnlyList<Fault>> FaultsAsync(V1.SavedView message, ShapeWork work, CancellationToken cancellationToken) =>
        await work.FindAsync(message.Resource, cancellationToken) is { } resource ? ViewFaults.Of(message, resource) : [ShapeWork.NoResource];

    public override async Task DressAsync(IReadOnlyList<V1.SavedView> messages, ShapeWork work, CancellationToken cancellationToken)
    {
        var preferred = await work.PreferredViewsAsync(cancellationToken);
        foreach (var message in messages)
        {
            message.Preferred = preferred.Contains(message.Id);
            message.Problems.AddRange((await FaultsAsync(message, work, cancellationToken)).Select(fault => new ViewProblem { Part = fault.Part, Message = fault.Message }));
        }
    }

    private static SavedViewValidator WithOwner(SavedViewValidator validator)
    {
        AddRules(validator);
        return validator;
    }
}
