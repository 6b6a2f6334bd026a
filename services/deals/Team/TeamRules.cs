using FluentValidation;
using Platform.Monetary;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Deals.Team;

/// <summary>What those who work on a deal, and those whose credit it is, have to be together.</summary>
internal static class TeamRules
{
    private const int MostMembers = 50;
    private const int MostSplits = 20;

    public static IRuleBuilderOptions<T, TMembers> Team<T, TMembers>(this IRuleBuilder<T, TMembers> rule)
        where TMembers : IReadOnlyCollection<V1.DealTeamMember> => rule
        .Must(all => all.Count <= MostMembers).WithMessage(_ => Say($"At most {MostMembers} people."))
        .Must(all => AreDistinct(all.Select(one => one.UserId))).WithMessage("Name each person once.");

    public static IRuleBuilderOptions<T, TSplits> Splits<T, TSplits>(this IRuleBuilder<T, TSplits> rule)
        where TSplits : IReadOnlyCollection<V1.DealSplit> => rule
        .Must(all => all.Count <= MostSplits).WithMessage(_ => Say($"At most {MostSplits} people."))
        .Must(all => AreDistinct(all.Select(one => one.UserId))).WithMessage("Name each person once.")
        .Must(IsWhole).WithMessage("The percentages have to add up to 100.");

    // What cannot be read is refused by its own rule.
    private static bool IsWhole<TSplits>(TSplits all)
        where TSplits : IReadOnlyCollection<V1.DealSplit>
    {
        var percents = all.Select(one => DecimalText.TryParse(one.Percent, out var percent) ? percent : (decimal?)null).ToList();
        return percents.Count == 0 || percents.Contains(null) || percents.Sum() == 100;
    }

    private static bool AreDistinct(IEnumerable<string> ids)
    {
        var known = new HashSet<Guid>();
        return ids.All(id => !Guid.TryParse(id, out var one) || known.Add(one));
    }
}

internal sealed class TeamMemberValidator : AbstractValidator<V1.DealTeamMember>
{
    public TeamMemberValidator()
    {
        RuleFor(member => member.UserId).Id();
        RuleFor(member => member.Role).Text(100);
    }
}

internal sealed class SplitValidator : AbstractValidator<V1.DealSplit>
{
    public SplitValidator()
    {
        RuleFor(split => split.UserId).Id();
        RuleFor(split => split.Percent).Must(IsPercent).WithMessage("Use a percentage above 0, up to 100, with at most two decimals: 33.34.");
    }

    private static bool IsPercent(string text) => DecimalText.TryParse(text, out var percent) && percent is > 0 and <= 100 && decimal.Round(percent, 2) == percent;
}
