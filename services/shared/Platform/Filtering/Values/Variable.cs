using Platform.Errors;
using Platform.Filtering.Parsing;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Values;

/// <summary>A variable of the caller.</summary>
/// <param name="Name">As written.</param>
/// <param name="Id">The one id that it is.</param>
/// <param name="Ids">The ids that it has.</param>
/// <param name="Texts">The texts that it has.</param>
internal sealed record Variable(
    string Name,
    Func<FilterContext, Guid?>? Id = null,
    Func<FilterContext, IReadOnlyList<Guid>>? Ids = null,
    Func<FilterContext, IReadOnlyList<string>>? Texts = null)
{
    private const string Prefix = "user.";

    private static readonly Variable[] All =
    [
        new("user.id", Id: context => context.User.Id),
        new("user.teams", Ids: context => context.User.Teams),
        new("user.roles", Texts: context => context.User.Roles),
        new("user.subordinates", Ids: context => context.User.Subordinates),
    ];

    public bool IsList => Id is null;

    public static IEnumerable<string> Names => All.Select(variable => variable.Name);

    /// <summary>Whether the word is a variable: without quotes, after <c>user.</c></summary>
    public static bool IsMeant(Literal literal) => !literal.IsQuoted && literal.Value.StartsWith(Prefix, StringComparison.Ordinal);

    public static Variable? Find(string name) => Array.Find(All, variable => variable.Name == name);

    public static Result<Variable> Read(Literal literal) => Find(literal.Value) is { } variable
        ? variable
        : FilterErrors.At(literal.Position, Say($"There is no variable '{literal.Value}'.{FilterErrors.DidYouMean(literal.Value, Names)} Put text in quotes."));
}
