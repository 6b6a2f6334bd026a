using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Competitors;

/// <summary>What the competitors of a deal have to be, and which of them wins it.</summary>
internal static class CompetitorRules
{
    private const int Most = 50;

    private static readonly Error Unknown = Error.Invalid("wonByCompetitorId", "The deal has no such competitor.");

    public static IRuleBuilderOptions<T, TCompetitors> Competitors<T, TCompetitors>(this IRuleBuilder<T, TCompetitors> rule)
        where TCompetitors : IReadOnlyCollection<V1.Competitor> => rule
        .Must(all => all.Count <= Most).WithMessage(_ => Say($"At most {Most} competitors."))
        .Must(all => all.Select(one => one.Name.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() == all.Count).WithMessage("Name each competitor once.");

    /// <summary>Null where a call names no winner, or one of the deal's competitors.</summary>
    public static Error? Check(IEnumerable<Competitor> all, string winnerId) => winnerId.Length == 0 || Find(all, winnerId) is not null ? null : Unknown;

    /// <summary>The competitors, where this one wins.</summary>
    public static List<Competitor> Won(IReadOnlyCollection<Competitor> all, string winnerId) =>
        [.. all.Select(one => one.Id == winnerId.ToIdOrNull() ? one with { Status = V1.CompetitorStatus.Won } : one)];

    private static Competitor? Find(IEnumerable<Competitor> all, string id) => all.FirstOrDefault(one => one.Id == id.ToIdOrNull());
}

internal sealed class CompetitorValidator : AbstractValidator<V1.Competitor>
{
    public CompetitorValidator()
    {
        RuleFor(competitor => competitor.Name).Must(name => name.Trim().Length > 0).WithMessage("Say who the competitor is.").Text(200);
        RuleFor(competitor => competitor.Notes).Text(2000);
        RuleFor(competitor => competitor.Status).IsInEnum().WithMessage("There is no such status.")
            .NotEqual(V1.CompetitorStatus.Won).WithMessage("A competitor wins when the deal is lost: name the winner there.");
    }
}
