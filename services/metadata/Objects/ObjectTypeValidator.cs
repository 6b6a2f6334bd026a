using FluentValidation;
using Platform.Access;
using Platform.CustomFields.Numbering;
using Platform.Metadata.Resources;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Objects;

internal sealed class ObjectTypeValidator : AbstractValidator<V1.ObjectType>
{
    private const string Translations = "Use languages such as ru, and texts of at most 100 characters.";

    public ObjectTypeValidator()
    {
        RuleFor(known => known.Key).Must(ResourceCatalogue.IsObjectKey)
            .WithMessage(_ => Say($"Use lower case, digits and _, beginning with a letter, at most {ResourceCatalogue.ObjectKeyLength} characters: machine."))
            .Must(key => !ObjectRules.IsReserved(key)).WithMessage(known => Say($"'{known.Key}' is a name of the platform itself: use another one."));
        RuleFor(known => known.PluralKey).Must(ResourceCatalogue.IsObjectKey)
            .WithMessage(_ => Say($"Use lower case, digits and _, beginning with a letter, at most {ResourceCatalogue.ObjectKeyLength} characters: machines."))
            .Must(key => !ObjectRules.IsReserved(key)).WithMessage(known => Say($"'{known.PluralKey}' is a name of the platform itself: use another one."));
        RuleFor(known => known.Label).NotEmpty().WithMessage("An object needs a label.").Text(100);
        RuleFor(known => known.PluralLabel).NotEmpty().WithMessage("An object needs a label for several of it.").Text(100);
        RuleFor(known => known.NameLabel).Text(100);
        RuleFor(known => known.Description).Text(1_000);
        RuleFor(known => known.Icon).Must(icon => icon.Length <= 40 && icon.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            .WithMessage("Use the name of a symbol, such as truck.");
        RuleFor(known => known.NumberPattern).Must(pattern => pattern.Length == 0 || AutoNumberPattern.IsValid(pattern))
            .WithMessage("Use a pattern such as M-{yyyy}-{00000}: text, one count of zeros, and the year where it names the month.");
        RuleFor(known => known.LabelTranslations).Must(Language.AreTranslations).WithMessage(Translations);
        RuleFor(known => known.PluralLabelTranslations).Must(Language.AreTranslations).WithMessage(Translations);
        RuleFor(known => known.NameLabelTranslations).Must(Language.AreTranslations).WithMessage(Translations);
    }
}
