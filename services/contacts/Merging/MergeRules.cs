using FluentValidation;
using Google.Protobuf.Reflection;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Merging;

/// <summary>Rules that the requests to merge share.</summary>
internal static class MergeRules
{
    private const int MaxMerged = 50;
    private const int MaxChoices = 500;

    /// <summary>Some records, each once, and the one that stays not among them.</summary>
    public static IRuleBuilderOptions<T, IList<V1.MergedRecord>> Merged<T>(this IRuleBuilder<T, IList<V1.MergedRecord>> rule, Func<T, string> survivor) => rule
        .Must(merged => merged.Count is > 0 and <= MaxMerged).WithMessage(_ => Say($"Name 1 to {MaxMerged} records that become part of this one."))
        .Must(merged => merged.All(record => Guid.TryParse(record.Id, out _))).WithMessage("Each needs the id of a resource (a UUID).")
        .Must((request, merged) => AreDistinct([.. merged.Select(record => record.Id), survivor(request)])).WithMessage("Name each record once, and not the one that stays.");

    /// <summary>Each names a field of the record and where its value comes from.</summary>
    public static void Choices<T>(this AbstractValidator<T> validator, MessageDescriptor message, System.Linq.Expressions.Expression<Func<T, IEnumerable<V1.FieldChoice>>> choices)
    {
        validator.RuleFor(choices).Must(all => all.Count() <= MaxChoices).WithMessage(_ => Say($"At most {MaxChoices} choices.")).OverridePropertyName("Choices");
        validator.RuleForEach(choices).ChildRules(choice =>
        {
            choice.RuleFor(one => one.Field).Must(name => ChosenFields.PathOf(message, name) is not null).WithMessage("Name a field that a merge can choose, such as 'phone' or 'custom_fields.size'.");
            choice.RuleFor(one => one.RecordId).OptionalId();
            choice.RuleFor(one => one.Rule).IsInEnum().WithMessage("There is no such rule.");
            choice.RuleFor(one => one.Rule)
                .Must((one, rule) => one.RecordId.Length == 0 != (rule == V1.SurvivorshipRule.Unspecified)).WithMessage("Say which record's value is taken, or by which rule.");
        }).OverridePropertyName("Choices");
    }

    // What is no id has been refused.
    private static bool AreDistinct(IReadOnlyCollection<string> ids) =>
        ids.Where(id => Guid.TryParse(id, out _)).Select(Guid.Parse).Distinct().Count() == ids.Count(id => Guid.TryParse(id, out _));
}
