using FluentValidation;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Dictionaries;

internal sealed class DictionaryValidator : AbstractValidator<V1.Dictionary>
{
    private const int MaxEntries = 1_000;

    public DictionaryValidator()
    {
        RuleFor(dictionary => dictionary.Key).Key();
        RuleFor(dictionary => dictionary.Label).Label();
        RuleFor(dictionary => dictionary.LabelTranslations).Translations();
        RuleFor(dictionary => dictionary.Entries)
            .Must(entries => entries.Count is > 0 and <= MaxEntries).WithMessage(_ => Say($"A dictionary has 1 to {MaxEntries} entries.", $"Ein Verzeichnis hat 1 bis {MaxEntries} Einträge.", $"В справочнике от 1 до {MaxEntries} записей."))
            .Must(entries => entries.Select(entry => entry.Key).Distinct(StringComparer.Ordinal).Count() == entries.Count).WithMessage(_ => Say("Two entries have the same key.", "Zwei Einträge haben denselben Schlüssel.", "У двух записей один ключ."));
        RuleForEach(dictionary => dictionary.Entries).SetValidator(new EntryValidator());
    }

    private sealed class EntryValidator : AbstractValidator<Choice>
    {
        public EntryValidator()
        {
            RuleFor(entry => entry.Key).Key();
            RuleFor(entry => entry.Label).Label();
            RuleFor(entry => entry.LabelTranslations).Translations();
            RuleFor(entry => entry.Color).OptionalColor();
        }
    }
}
