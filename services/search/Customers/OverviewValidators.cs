using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Search.Customers;

internal static class OverviewValidators
{
    public sealed class OfCompany : AbstractValidator<V1.GetCompanyOverviewRequest>
    {
        public OfCompany()
        {
            RuleFor(request => request.CompanyId).Id();
            RuleFor(request => request.ItemCount).ItemCount();
        }
    }

    public sealed class OfPerson : AbstractValidator<V1.GetPersonOverviewRequest>
    {
        public OfPerson()
        {
            RuleFor(request => request.PersonId).Id();
            RuleFor(request => request.ItemCount).ItemCount();
        }
    }

    private static void ItemCount<T>(this IRuleBuilder<T, int> rule) => rule.InclusiveBetween(0, GetOverview.MostItems)
        .WithMessage(_ => Say($"Use 1 to {GetOverview.MostItems}, or leave it out for {GetOverview.DefaultItems}."));
}
