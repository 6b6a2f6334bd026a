using FluentValidation;
using Platform.Deals.Competitors;
using Platform.Deals.Lines;
using Platform.Deals.Roles;
using Platform.Deals.Team;
using Platform.Monetary;
using Platform.Pipelines.V1;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal sealed class DealValidator : AbstractValidator<V1.Deal>
{
    public DealValidator()
    {
        RuleFor(deal => deal.Name).NotEmpty().WithMessage("A deal needs a name.").Text(200);
        RuleFor(deal => deal.CompanyId).OptionalId();
        RuleFor(deal => deal.PersonId).OptionalId();
        RuleFor(deal => deal.OwnerId).OptionalId();
        RuleFor(deal => deal.Status)
            .Must(status => status is V1.DealStatus.Unspecified or V1.DealStatus.Open).WithMessage("A deal is closed by winning or losing it.");
        RuleFor(deal => deal.Currency).Currency();
        RuleFor(deal => deal.AmountEstimate).OptionalAmount()
            .Must((deal, estimate) => estimate is null || estimate.Currency == deal.Currency).WithMessage("Use the currency of the deal.");
        RuleFor(deal => deal.Probability).InclusiveBetween(0, 100).WithMessage("Use 0 to 100.");
        RuleFor(deal => deal.CloseDate).OptionalDate();
        RuleFor(deal => deal.AmountMode).IsInEnum().WithMessage("There is no such mode.");
        RuleFor(deal => deal.PipelineId).OptionalId();
        RuleFor(deal => deal.StageId).OptionalId();
        RuleFor(deal => deal.ForecastCategory).IsInEnum().WithMessage("There is no such forecast category.")
            .NotEqual(ForecastCategory.Closed).WithMessage("Only a deal that is won is closed.");
        RuleFor(deal => deal.Source).Text(100);
        RuleFor(deal => deal.TeamId).OptionalId();
        RuleFor(deal => deal.NextStep).Text(500);
        RuleFor(deal => deal.NextStepDate).OptionalDate();
        RuleFor(deal => deal.Competitors).Competitors();
        RuleForEach(deal => deal.Competitors).SetValidator(new CompetitorValidator());
        RuleFor(deal => deal.Team).Team();
        RuleForEach(deal => deal.Team).SetValidator(new TeamMemberValidator());
        RuleFor(deal => deal.Contacts).Contacts();
        RuleForEach(deal => deal.Contacts).SetValidator(new ContactRoleValidator());
        RuleFor(deal => deal.Splits).Splits();
        RuleForEach(deal => deal.Splits).SetValidator(new SplitValidator());
        RuleFor(deal => deal.LineItems).LineItems();
        RuleForEach(deal => deal.LineItems).SetValidator(new LineItemValidator())
            .Must((deal, line) => line.UnitPrice is null || line.UnitPrice.Currency == deal.Currency).WithMessage("The unit price needs the currency of the deal.");
    }
}
