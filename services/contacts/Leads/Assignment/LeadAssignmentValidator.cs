using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>Rules that can be followed; whether their conditions fit leads is looked at when they are bound.</summary>
internal sealed class LeadAssignmentValidator : AbstractValidator<V1.LeadAssignment>
{
    private const int MostRules = 100;
    private const int MostUsers = 200;
    private const int MostTeams = 20;
    private const int MostTerritories = 500;

    public LeadAssignmentValidator()
    {
        RuleFor(assignment => assignment.Rules).Must(rules => rules.Count <= MostRules).WithMessage(_ => Say($"At most {MostRules} rules."));
        RuleFor(assignment => assignment.Rules).Must(rules => rules.Select(rule => rule.Name).Distinct().Count() == rules.Count).WithMessage("Give each rule a name of its own.");
        RuleForEach(assignment => assignment.Rules).ChildRules(rule =>
        {
            rule.RuleFor(one => one.Name).NotEmpty().WithMessage("A rule needs a name.").Text(100);
            rule.RuleFor(one => one.WayCase).NotEqual(V1.LeadAssignmentRule.WayOneofCase.None).OverridePropertyName("OwnerId").WithMessage("Say who gets the lead: ownerId, roundRobin or territories.");
            rule.RuleFor(one => one.OwnerId).Id().When(one => one.HasOwnerId);
            rule.RuleFor(one => one.RoundRobin.UserIds).Must((one, users) => users.Count <= MostUsers && users.Count + one.RoundRobin.TeamIds.Count > 0).WithMessage(_ => Say($"Name 1 to {MostUsers} users.")).When(one => one.RoundRobin is not null);
            rule.RuleFor(one => one.RoundRobin.TeamIds).Must(teams => teams.Count <= MostTeams).WithMessage(_ => Say($"Name at most {MostTeams} teams.")).When(one => one.RoundRobin is not null);
            rule.RuleForEach(one => one.RoundRobin.TeamIds).Id().When(one => one.RoundRobin is not null);
            rule.RuleForEach(one => one.RoundRobin.UserIds).Id().When(one => one.RoundRobin is not null);
            rule.RuleForEach(one => one.RoundRobin.PausedUserIds).Id().When(one => one.RoundRobin is not null);
            rule.RuleFor(one => one.Territories.Territories_).Must(all => all.Count is > 0 and <= MostTerritories).WithMessage(_ => Say($"Name 1 to {MostTerritories} territories.")).When(one => one.Territories is not null);
            rule.RuleForEach(one => one.Territories.Territories_).SetValidator(new TerritoryValidator()).When(one => one.Territories is not null);
        });
    }

    private sealed class TerritoryValidator : AbstractValidator<V1.Territory>
    {
        private const int MostValues = 1_000;

        public TerritoryValidator()
        {
            RuleFor(territory => territory.Name).Text(100);
            RuleFor(territory => territory.OwnerId).Id();
            RuleFor(territory => territory.Countries).Must((territory, _) => territory.Countries.Count + territory.Regions.Count + territory.PostalCodePrefixes.Count is > 0 and <= MostValues)
                .WithMessage("Say where the territory is: countries, regions or postalCodePrefixes.");
            RuleForEach(territory => territory.Countries).Must(country => country.Length == 2).WithMessage("Use a country code of two letters, such as DE.");
            RuleForEach(territory => territory.PostalCodePrefixes).Must(prefix => !string.IsNullOrWhiteSpace(prefix)).WithMessage("A postal code begins with something.");
        }
    }
}
