using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Metadata.Objects;

/// <summary>What an object needs before anybody may read its records.</summary>
internal static class PublicationRules
{
    /// <summary>What is wrong with the publication of an object; null where it has none, or a good one.</summary>
    public static async Task<Error?> CheckAsync(MetadataDbContext db, V1.ObjectType known, string resource, CancellationToken cancellationToken)
    {
        if (known.Publication is not { } publication)
            return null;
        var fields = await db.Fields.AsNoTracking().Where(field => field.Resource == resource && field.DeleteTime == null).ToListAsync(cancellationToken);
        var wrong = Named(publication).Where(named => named.Key.Length > 0 || named.IsNeeded)
            .Where(named => !fields.Exists(field => field.Key == named.Key && named.Types.Contains(field.Type) && (!named.IsUnique || field.ToMessage().Unique)))
            .Select(named => new FieldViolation($"objectType.publication.{named.Place}", named.Message)).ToList();
        if (wrong.Count > 0)
            return Error.Invalid(wrong);
        var others = await db.Objects.AsNoTracking().Where(other => other.Key != known.Key && other.DeleteTime == null).ToListAsync(cancellationToken);
        return others.Find(other => other.Definition.Publication is not null) is { } other ? ObjectErrors.AnotherIsPublic(other.Definition.PluralLabel) : null;
    }

    private static IEnumerable<(string Place, string Key, V1.FieldType[] Types, bool IsNeeded, bool IsUnique, string Message)> Named(V1.Publication publication) =>
    [
        ("slugField", publication.SlugField, [V1.FieldType.Text], true, true, Say("Name a field of the object that is a text and unique.")),
        ("publishedField", publication.PublishedField, [V1.FieldType.Boolean], true, false, Say("Name a field of the object that is true or false.")),
        ("bodyField", publication.BodyField, [V1.FieldType.Text, V1.FieldType.LongText], true, false, Say("Name a field of the object that is a text.")),
        ("summaryField", publication.SummaryField, [V1.FieldType.Text, V1.FieldType.LongText], false, false, Say("Name a field of the object that is a text.")),
        ("categoryField", publication.CategoryField, [V1.FieldType.SingleChoice], false, false, Say("Name a field of the object that is a single choice.")),
    ];
}
