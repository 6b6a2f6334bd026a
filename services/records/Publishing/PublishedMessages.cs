using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Languages;
using Platform.Records.Objects;

namespace Platform.Records.Publishing;

/// <summary>What leaves the company: the named fields and nothing else.</summary>
internal static class PublishedMessages
{
    /// <summary>The record as its page shows it.</summary>
    public static V1.PublishedRecord ToPublished(this Record record, PublishedScope scope, bool withBody) => new()
    {
        Slug = scope.TextOf(record, scope.Fields.SlugField),
        Title = record.Name,
        Summary = scope.TextOf(record, scope.Fields.SummaryField),
        Body = withBody ? scope.TextOf(record, scope.Fields.BodyField) : "",
        Category = scope.CategoryOf(scope.TextOf(record, scope.Fields.CategoryField)),
        CreateTime = record.CreateTime.ToTimestamp(),
        UpdateTime = record.UpdateTime.ToTimestamp(),
    };

    /// <summary>All categories, in their order.</summary>
    public static IEnumerable<V1.PublishedCategory> Categories(this PublishedScope scope) =>
        (scope.Defined(scope.Fields.CategoryField)?.Choices ?? []).Where(choice => !choice.Deprecated).Select(ToMessage);

    /// <summary>What the company calls its articles.</summary>
    public static string Title(this PublishedScope scope) => Translated.Pick(scope.Object.PluralLabelTranslations, scope.Object.PluralLabel);

    private static V1.PublishedCategory? CategoryOf(this PublishedScope scope, string key) =>
        key.Length == 0 ? null : scope.Defined(scope.Fields.CategoryField)?.Choices.FirstOrDefault(choice => choice.Key == key) is { } known ? ToMessage(known) : null;

    private static V1.PublishedCategory ToMessage(Choice choice) => new() { Key = choice.Key, Label = Translated.Pick(choice.LabelTranslations, choice.Label) };
}
