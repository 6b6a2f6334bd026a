using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Shapes;
using Platform.Tenancy;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Views;

internal sealed class SavedViewKind() : ShapeKind<SavedView, V1.SavedView>("saved_view", "saved_views", limit: 500)
{
    public static readonly SavedViewKind Instance = new();

    public override IValidator<V1.SavedView> Validator { get; } = new SavedViewValidator();

    public override IReadOnlyList<string> Fixed => ["key", "resource"];

    // Two people may call views of theirs alike.
    public override string ScopeOf(V1.SavedView message, Caller caller) => message.Visibility switch
    {
        Visibility.Team => $"{message.Resource} team {message.TeamId}",
        Visibility.Company => message.Resource,
        _ => $"{message.Resource} user {message.OwnerId}",
    };

    public override IQueryable<SavedView> SeenBy(IQueryable<SavedView> rows, Caller caller)
    {
        var user = caller.UserId();
        var teams = caller.Teams();
        var all = caller.Permissions.Contains(Permissions.Write);
        return rows.Where(row => (row.OwnerId == null && row.TeamId == null) || (row.OwnerId != null && row.OwnerId == user) || (row.TeamId != null && (all || teams.Contains(row.TeamId.Value))));
    }

    public override Error? MayWrite(V1.SavedView message, Caller caller)
    {
        if (caller.Permissions.Contains(Permissions.Write))
            return IsPrivate(message) && caller.UserId() is null ? NobodysOwn : null;
        return message.Visibility switch
        {
            Visibility.Company => ShapeErrors.NeedsWrite,
            Visibility.Team => message.TeamId.ToId() is { } team && caller.Teams().Contains(team) ? null : NotOfTheTeam,
            _ => caller.UserId() is null ? NobodysOwn : null,
        };
    }

    public override V1.SavedView Settle(V1.SavedView message, Caller caller)
    {
        message.Visibility = IsPrivate(message) ? Visibility.Private : message.Visibility;
        message.Kind = message.Kind == V1.SavedViewKind.Unspecified ? V1.SavedViewKind.Table : message.Kind;
        message.OwnerId = IsPrivate(message) ? $"{caller.UserId()}" : "";
        (message.Label, message.Filter, message.OrderBy, message.Preferred) = (message.Label.Trim(), message.Filter.Trim(), message.OrderBy.Trim(), false);
        message.Problems.Clear();
        return message;
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

    private static bool IsPrivate(V1.SavedView message) => message.Visibility is Visibility.Unspecified or Visibility.Private;

    private static Error NobodysOwn => Error.Precondition("VIEW_NEEDS_PERSON", Say(
        "A private view belongs to a person; this caller is none: make it one of the company.",
        "Eine private Ansicht gehört einer Person; dieser Aufrufer ist keine: legen Sie sie für die Firma an.",
        "Личное представление принадлежит человеку, а вызывает не человек: сделайте его общим."));

    private static Error NotOfTheTeam => Error.Invalid("savedView.teamId", Say(
        "Name a team that you belong to.", "Nennen Sie ein Team, zu dem Sie gehören.", "Укажите команду, в которой вы состоите."));
}
