using FluentValidation;
using Google.Protobuf;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Shapes;

/// <summary>Who sees and writes what a person, a team or the company keeps. What is private is to others as if it were not there.</summary>
internal abstract class OwnedShapeKind<TShape, TMessage>(string noun, string table, int limit) : ShapeKind<TShape, TMessage>(noun, table, limit)
    where TShape : OwnedShape<TMessage>, new()
    where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
{
    // Two people may call something of theirs alike.
    public override string ScopeOf(TMessage message, Caller caller) => $"{ShapeMessage.Text(message, "resource")} {VisibilityOf(message) switch
    {
        Visibility.Team => $"team {ShapeMessage.Text(message, "team_id")}",
        Visibility.Company => "",
        _ => $"user {ShapeMessage.Text(message, "owner_id")}",
    }}".Trim();

    public override IQueryable<TShape> SeenBy(IQueryable<TShape> rows, Caller caller)
    {
        var user = caller.UserId();
        var teams = caller.Teams();
        var all = caller.Permissions.Contains(Permissions.Write);
        return rows.Where(row => (row.OwnerId == null && row.TeamId == null) || (row.OwnerId != null && row.OwnerId == user) || (row.TeamId != null && (all || teams.Contains(row.TeamId.Value))));
    }

    public override Error? MayWrite(TMessage message, Caller caller)
    {
        var visibility = VisibilityOf(message);
        if (visibility is Visibility.Unspecified or Visibility.Private)
            return caller.UserId() is null ? NobodysOwn : null;
        if (caller.Permissions.Contains(Permissions.Write))
            return null;
        return visibility == Visibility.Company ? ShapeErrors.NeedsWrite : ShapeMessage.Text(message, "team_id").ToId() is { } team && caller.Teams().Contains(team) ? null : NotOfTheTeam;
    }

    public override TMessage Settle(TMessage message, Caller caller)
    {
        var isPrivate = VisibilityOf(message) is Visibility.Unspecified or Visibility.Private;
        if (isPrivate)
            ShapeMessage.Set(message, "visibility", Visibility.Private);
        ShapeMessage.Set(message, "owner_id", isPrivate ? $"{caller.UserId()}" : "");
        return message;
    }

    /// <summary>Whether it is of a team that the caller looks after without belonging to it: nothing for menus.</summary>
    public static bool IsOfAnotherTeam(TMessage message, Caller caller) => ShapeMessage.Text(message, "team_id").ToId() is { } team && !caller.Teams().Contains(team);

    public static Visibility VisibilityOf(TMessage message) => (Visibility)message.Descriptor.FindFieldByName("visibility").Accessor.GetValue(message);

    /// <summary>The rules of the fields that say whose it is.</summary>
    protected static void AddRules(AbstractValidator<TMessage> rules)
    {
        rules.RuleFor(message => VisibilityOf(message)).IsInEnum().OverridePropertyName("visibility").WithMessage(_ => Say("There is no such value.", "Diesen Wert gibt es nicht.", "Такого значения нет."));
        rules.RuleFor(message => ShapeMessage.Text(message, "team_id")).Must((message, team) => VisibilityOf(message) == Visibility.Team ? team.ToId() is not null : team.Length == 0).OverridePropertyName("teamId")
            .WithMessage(_ => Say("Name the team of what is a team's; nothing else has one.", "Nennen Sie das Team, wenn es einem Team gehört, sonst keines.", "Укажите команду, если это её; иначе не указывайте."));
    }

    private string CodeOf(string suffix) => $"{Code}_{suffix}";

    private Error NobodysOwn => Error.Precondition(CodeOf("NEEDS_PERSON"), Say(
        "What is private belongs to a person; this caller is none: make it the company's.",
        "Privates gehört einer Person; dieser Aufrufer ist keine: legen Sie es für die Firma an.",
        "Личное принадлежит человеку, а вызывает не человек: сделайте это общим."));

    private Error NotOfTheTeam => Error.Invalid($"{Root}.teamId", Say(
        "Name a team that you belong to.", "Nennen Sie ein Team, zu dem Sie gehören.", "Укажите команду, в которой вы состоите."));
}
