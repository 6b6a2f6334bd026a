using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Forms;

/// <summary>A form that can be shown; whether its fields are there is looked at with the company's own.</summary>
internal sealed partial class LeadFormValidator : AbstractValidator<V1.LeadForm>
{
    private const int MostFields = 30;
    private const int MostConsents = 10;
    private const int LongText = 1_000;
    private const int ShortText = 100;

    public LeadFormValidator()
    {
        RuleFor(form => form.Slug).Matches(Slug()).WithMessage("Use 1 to 60 lower-case letters, digits and inner hyphens.");
        RuleFor(form => form.Title).NotEmpty().WithMessage("A form needs a title.").Text(ShortText);
        RuleFor(form => form.TitleTranslations).Must(texts => AreTexts(texts, ShortText)).WithMessage(_ => Say($"Use languages such as ru, and texts of at most {ShortText} characters."));
        RuleFor(form => form.Introduction).Text(LongText);
        RuleFor(form => form.IntroductionTranslations).Must(texts => AreTexts(texts, LongText)).WithMessage(_ => Say($"Use languages such as ru, and texts of at most {LongText} characters."));
        RuleFor(form => form.Thanks).Text(LongText);
        RuleFor(form => form.ThanksTranslations).Must(texts => AreTexts(texts, LongText)).WithMessage(_ => Say($"Use languages such as ru, and texts of at most {LongText} characters."));
        RuleFor(form => form.Source).Text(ShortText);
        RuleFor(form => form.Fields).Must(fields => fields.Count is > 0 and <= MostFields).WithMessage(_ => Say($"Ask for 1 to {MostFields} fields."))
            .Must(fields => fields.Select(field => field.Path).Distinct().Count() == fields.Count).WithMessage("Ask for each field once.")
            .Must(fields => fields.Any(field => field.Path is "first_name" or "last_name")).WithMessage("Ask for first_name or last_name: a lead needs one.");
        RuleForEach(form => form.Fields).ChildRules(field =>
        {
            field.RuleFor(one => one.Label).Text(ShortText);
            field.RuleFor(one => one.LabelTranslations).Must(texts => AreTexts(texts, ShortText)).WithMessage(_ => Say($"Use languages such as ru, and texts of at most {ShortText} characters."));
        });
        RuleFor(form => form.Consents).Must(consents => consents.Count <= MostConsents).WithMessage(_ => Say($"At most {MostConsents} consents."))
            .Must(consents => consents.Select(consent => consent.Key).Distinct().Count() == consents.Count).WithMessage("Give each consent a key of its own.");
        RuleForEach(form => form.Consents).ChildRules(consent =>
        {
            consent.RuleFor(one => one.Key).Matches(Key()).WithMessage("Use lower case, digits and _, beginning with a letter, at most 40 characters.");
            consent.RuleFor(one => one.Text).NotEmpty().WithMessage("Say what is agreed to.").Text(LongText);
            consent.RuleFor(one => one.TextTranslations).Must(texts => AreTexts(texts, LongText)).WithMessage(_ => Say($"Use languages such as ru, and texts of at most {LongText} characters."));
        });
    }

    private static bool AreTexts(IDictionary<string, string> texts, int longest) =>
        texts.All(text => text.Key.Length is >= 2 and <= 12 && text.Key.All(letter => char.IsAsciiLetter(letter) || letter == '-') && text.Value.Length > 0 && text.Value.Length <= longest);

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$")]
    private static partial Regex Slug();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex Key();
}
