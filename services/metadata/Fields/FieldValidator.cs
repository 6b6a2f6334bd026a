using FluentValidation;
using Platform.Access;
using Platform.CustomFields;
using Platform.CustomFields.Numbering;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using Platform.Monetary;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Fields;

internal sealed class FieldValidator : AbstractValidator<Field>
{
    private const int MaxChoices = 500;
    private const int MaxCondition = 2_000;

    private static readonly FieldType[] Sized = [FieldType.Text, FieldType.LongText, FieldType.Confidential];
    private static readonly FieldType[] Ranged = [FieldType.Number, FieldType.Decimal, FieldType.Money, FieldType.Date, FieldType.Instant];
    private static readonly FieldType[] Chosen = [FieldType.SingleChoice, FieldType.MultipleChoice];
    private static readonly FieldType[] NeverUnique = [FieldType.LongText, FieldType.Boolean, FieldType.MultipleChoice, FieldType.Relations, FieldType.Confidential];

    public FieldValidator()
    {
        RuleFor(field => field.Resource).Must(FieldRules.IsResource).WithMessage(_ => FieldRules.ResourceAdvice);
        RuleFor(field => field.Key).Must(key => key.Length is > 0 and <= 63 && FieldRules.Key().IsMatch(key)).WithMessage("Use lower case, digits and _, beginning with a letter: contract_end.");
        RuleFor(field => field.Type).Must(type => type != FieldType.Unspecified && Enum.IsDefined(type)).WithMessage("Name the type, such as FIELD_TYPE_TEXT.");
        RuleFor(field => field.Label).NotEmpty().WithMessage("A field needs a label.").Text(100);
        RuleFor(field => field.Help).Text(1_000);
        RuleFor(field => field.Section).Text(100);
        RuleFor(field => field.LabelTranslations).Must(AreTranslations).WithMessage("Use languages such as ru, and texts of at most 100 characters.");
        RuleFor(field => field.HelpTranslations).Must(AreTranslations).WithMessage("Use languages such as ru, and texts of at most 1000 characters.");
        RuleFor(field => field.Unique).Must((field, unique) => !unique || !NeverUnique.Contains(field.Type)).WithMessage("Values of this type are never unique.");
        RuleFor(field => field.Searchable).Must((field, searchable) => !searchable || field.Type is not (FieldType.LongText or FieldType.MultipleChoice or FieldType.Relations or FieldType.Confidential)).WithMessage("Values of this type have no index.");
        RuleFor(field => field.Minimum).Must(IsBound).WithMessage(BoundAdvice);
        RuleFor(field => field.Maximum).Must(IsBound).WithMessage(BoundAdvice)
            .Must(IsAboveMinimum).WithMessage("The maximum is below the minimum.");
        RuleFor(field => field.MinimumLength).Must((field, length) => length == 0 || (length > 0 && Sized.Contains(field.Type))).WithMessage("A text has a length of 0 or more; values of other types have none.");
        RuleFor(field => field.MaximumLength).Must((field, length) => length == 0 || (length >= field.MinimumLength && Sized.Contains(field.Type))).WithMessage("Use at least the minimum length, for texts only.");
        RuleFor(field => field.Pattern).Must((field, pattern) => pattern.Length == 0 || (Sized.Contains(field.Type) && IsPattern(pattern)))
            .WithMessage("Use a regular expression of at most 500 characters, without look-around and back-references, for texts only.");
        RuleFor(field => field.Decimals).Must((field, _) => !field.HasDecimals || (field is { Type: FieldType.Decimal, Decimals: >= 0 and <= 10 })).WithMessage("Use 0 to 10, for decimals only.");
        RuleFor(field => field.RelatedResource).Must((field, related) => field.IsRelation() ? ResourceCatalogue.Find(related) is not null : related.Length == 0)
            .WithMessage(_ => Say($"A relation leads to one of {string.Join(", ", ResourceCatalogue.All.Select(resource => resource.Name))}, or to records. and the key of an object of your own; other fields to none."));
        RuleFor(field => field.OnDelete).Must((field, rule) => rule == RelationDeletion.Unspecified || (field.IsRelation() && IsObject(field.Resource)))
            .WithMessage("Only relations of objects of your own say what becomes of the record.")
            .IsInEnum().WithMessage("There is no such rule.")
            .Must((field, rule) => rule != RelationDeletion.Restrict || IsObject(field.RelatedResource)).WithMessage("What is built in is deleted whoever needs it: let the relation be emptied, or delete along.")
            .Must((field, rule) => rule != RelationDeletion.Clear || !field.Required).WithMessage("A required relation is not emptied: forbid the deletion, or delete along.");
        RuleFor(field => field.NumberPattern).Must((field, pattern) => field.Type == FieldType.AutoNumber ? AutoNumberPattern.IsValid(pattern) : pattern.Length == 0)
            .WithMessage("An auto-number has a pattern such as T-{yyyy}-{00000}: text, one count of zeros, and the year where it names the month; other fields have none.");
        RuleFor(field => field.Formula).Must((field, formula) => field.Type == FieldType.Formula ? !string.IsNullOrWhiteSpace(formula) : formula.Length == 0)
            .WithMessage("Write the formula, such as amount * custom_fields.rate / 100; other fields have none.");
        RuleFor(field => field.RollUp).Must((field, rollUp) => field.Type == FieldType.RollUp ? rollUp is not null && IsRollUp(rollUp) : rollUp is null)
            .WithMessage("A roll-up names the resource that is counted, the relation by which it leads here, a function, and a value but for a count; other fields have none.");
        RuleFor(field => field.Searchable).Must((field, searchable) => !searchable || field.Type != FieldType.RollUp).WithMessage("Roll-ups are always found by an index: leave this out.");
        When(field => field.IsComputed(), () =>
        {
            RuleFor(field => field.Resource).Must(resource => ResourceCatalogue.Find(resource) is not { Frozen.Length: > 0 }).WithMessage("Records of this kind never change once they are issued: nothing is computed in them.");
            RuleFor(field => field.Required).Equal(false).WithMessage("The platform sets the values: nobody has to.");
            RuleFor(field => field.DefaultValue).Must(value => value is null || DefinedField.IsEmpty(value)).WithMessage("The platform sets the values: there is no default.");
        });
        When(field => field.Type == FieldType.Confidential, () =>
        {
            RuleFor(field => field.Required).Equal(false).WithMessage("Who may not see the value could make no records: a confidential field is not required.");
            RuleFor(field => field.DefaultValue).Must(value => value is null || DefinedField.IsEmpty(value)).WithMessage("What everybody has is not confidential: there is no default.");
        });
        RuleFor(field => field.VisibleWhen).Must(filter => filter.Length <= MaxCondition).WithMessage(_ => Say($"At most {MaxCondition} characters."));
        RuleFor(field => field.Unique).Must((field, unique) => !unique || field.Type is not (FieldType.Formula or FieldType.RollUp)).WithMessage("Values of this type are never unique.");
        RuleFor(field => field.Dictionary).Must((field, key) => key.Length == 0 || (Chosen.Contains(field.Type) && key.Length <= 63 && FieldRules.Key().IsMatch(key)))
            .WithMessage("Name the key of a dictionary, for choices only.");
        RuleFor(field => field.Choices).Must((field, choices) => Chosen.Contains(field.Type) && field.Dictionary.Length == 0 ? choices.Count is > 0 and <= MaxChoices : choices.Count == 0)
            .WithMessage(_ => Say($"A choice has 1 to {MaxChoices} choices, or those of its dictionary; other fields have none."))
            .Must(choices => choices.Select(choice => choice.Key).Distinct(StringComparer.Ordinal).Count() == choices.Count).WithMessage("Two choices have the same key.");
        RuleForEach(field => field.Choices).SetValidator(new ChoiceValidator());
    }

    private static bool IsRollUp(RollUp rollUp) => ResourceCatalogue.Find(rollUp.Resource) is not null && rollUp.Relation.Length is > 0 and <= 200
        && rollUp.Function != RollUpFunction.Unspecified && Enum.IsDefined(rollUp.Function) && string.IsNullOrWhiteSpace(rollUp.Value) == (rollUp.Function == RollUpFunction.Count);

    private static bool IsObject(string resource) => resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal);

    private static string BoundAdvice => "Use a value of the field's type; texts, choices and the like have no range.";

    private static bool IsBound(Field field, string bound) => bound.Length == 0 || (Ranged.Contains(field.Type) && field.Type switch
    {
        FieldType.Date => IsValue(field.Type, bound),
        FieldType.Instant => IsValue(field.Type, bound),
        _ => DecimalText.TryParse(bound, out _),
    });

    private static bool IsAboveMinimum(Field field, string maximum)
    {
        if (maximum.Length == 0 || field.Minimum.Length == 0 || !IsBound(field, maximum) || !IsBound(field, field.Minimum))
            return true;
        return field.Type is FieldType.Date or FieldType.Instant
            ? new DefinedField(new Field { Type = field.Type, Minimum = field.Minimum }).Read(Google.Protobuf.WellKnownTypes.Value.ForString(maximum), null, out _) is not null
            : DecimalText.Parse(maximum) >= DecimalText.Parse(field.Minimum);
    }

    private static bool IsValue(FieldType type, string text) =>
        new DefinedField(new Field { Type = type }).Read(Google.Protobuf.WellKnownTypes.Value.ForString(text), null, out _) is not null;

    private static bool AreTranslations(IDictionary<string, string> texts) =>
        texts.All(text => text.Key.Length is >= 2 and <= 12 && text.Key.All(c => char.IsAsciiLetter(c) || c == '-') && text.Value.Length is > 0 and <= 1_000 && !text.Value.Any(char.IsControl));

    private static bool IsPattern(string pattern)
    {
        if (pattern.Length > 500)
            return false;
        try
        {
            DefinedField.PatternOf(pattern);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private sealed class ChoiceValidator : AbstractValidator<Choice>
    {
        public ChoiceValidator()
        {
            RuleFor(choice => choice.Key).Must(key => key.Length is > 0 and <= 63 && FieldRules.Key().IsMatch(key)).WithMessage("Use lower case, digits and _, beginning with a letter: in_review.");
            RuleFor(choice => choice.Label).NotEmpty().WithMessage("A choice needs a label.").Text(100);
            RuleFor(choice => choice.LabelTranslations).Must(AreTranslations).WithMessage("Use languages such as ru, and texts of at most 100 characters.");
            RuleFor(choice => choice.Color).OptionalColor();
        }
    }
}
