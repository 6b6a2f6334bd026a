using System.Linq.Expressions;
using FluentValidation;
using FluentValidation.Results;
using Platform.Common.V1;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.ContactPoints;

/// <summary>What the e-mails, phones and addresses beside the main ones have to be.</summary>
internal static class OtherPointRules
{
    /// <summary>As many as a record may have of each.</summary>
    public const int Most = 20;

    private const int LongestLabel = 50;

    public static void OtherEmails<T>(this AbstractValidator<T> validator, Expression<Func<T, IEnumerable<V1.OtherEmail>>> emails, Func<T, string> main)
    {
        validator.RuleFor(emails).Some();
        validator.RuleForEach(emails).ChildRules(email =>
        {
            email.RuleFor(one => one.Address).NotEmpty().WithMessage("Write the e-mail address, or leave it out.").OptionalEmail();
            email.RuleFor(one => one.Label).Text(LongestLabel);
        });
        validator.RuleFor(emails).Custom((all, context) =>
            Once(context, all, nameof(V1.OtherEmail.Address), OtherPoints.KeyOf, OtherPoints.KeyOfEmail(main(context.InstanceToValidate))));
    }

    public static void OtherPhones<T>(this AbstractValidator<T> validator, Expression<Func<T, IEnumerable<V1.OtherPhone>>> phones, Func<T, (string Main, string? Country)> of)
    {
        validator.RuleFor(phones).Some();
        validator.RuleForEach(phones).ChildRules(phone =>
        {
            phone.RuleFor(one => one.Number).NotEmpty().WithMessage("Write the phone number, or leave it out.").Text(50);
            phone.RuleFor(one => one.Label).Text(LongestLabel);
        });
        validator.RuleFor(phones).Custom((all, context) =>
        {
            var (main, country) = of(context.InstanceToValidate);
            Once(context, all, nameof(V1.OtherPhone.Number), phone => OtherPoints.KeyOf(phone, country), OtherPoints.KeyOfPhone(main, country));
        });
    }

    public static void OtherAddresses<T>(this AbstractValidator<T> validator, Expression<Func<T, IEnumerable<V1.OtherAddress>>> addresses, Func<T, Address?> main)
    {
        validator.RuleFor(addresses).Some();
        validator.RuleForEach(addresses).ChildRules(address =>
        {
            address.RuleFor(one => one.Address).Must(one => one is not null && one.CalculateSize() > 0).WithMessage("Write the address, or leave it out.").SetValidator(new AddressValidator()!);
            address.RuleFor(one => one.Label).Text(LongestLabel);
        });
        validator.RuleFor(addresses).Custom((all, context) =>
            Once(context, all, nameof(V1.OtherAddress.Address), OtherPoints.KeyOf, OtherPoints.KeyOfAddress(main(context.InstanceToValidate))));
    }

    private static void Some<T, TPoint>(this IRuleBuilder<T, IEnumerable<TPoint>> rule) =>
        rule.Must(all => all.Count() <= Most).WithMessage(_ => Say($"At most {Most} beside the main one."));

    private static void Once<T, TPoint>(ValidationContext<T> context, IEnumerable<TPoint> points, string field, Func<TPoint, string> keyOf, string main)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, point) in points.Index())
        {
            if (keyOf(point) is not { Length: > 0 } key)
                continue;
            var refusal = key == main ? Say("That is the main one: leave it out here.") : !known.Add(key) ? Say("That is here already: name it once.") : null;
            if (refusal is not null)
                context.AddFailure(new ValidationFailure($"{context.PropertyPath}[{i}].{field}", refusal));
        }
    }
}
