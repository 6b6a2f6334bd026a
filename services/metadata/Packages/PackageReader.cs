using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Packages;

/// <summary>The company's metadata as it is now.</summary>
internal static class PackageReader
{
    public static async Task<V1.MetadataPackage> ReadPackageAsync(this MetadataDbContext db, CancellationToken cancellationToken)
    {
        var fields = await db.Fields.AsNoTracking().Where(field => field.DeleteTime == null).ToListAsync(cancellationToken);
        var objects = await db.Objects.AsNoTracking().Where(known => known.DeleteTime == null).ToListAsync(cancellationToken);
        var gone = await db.Objects.AsNoTracking().Where(known => known.DeleteTime != null).ToListAsync(cancellationToken);
        // The fields of an object that can be restored wait with it.
        fields.RemoveAll(field => gone.Any(known => known.Resource == field.Resource));
        var themes = await db.Themes.AsNoTracking().ToListAsync(cancellationToken);
        var logos = await db.ThemeLogos.AsNoTracking().ToListAsync(cancellationToken);
        var keys = themes.ToDictionary(theme => theme.Id, theme => theme.Key);
        return new V1.MetadataPackage
        {
            Format = PackageDocument.Format,
            Dictionaries = { InOrder((await db.Dictionaries.AsNoTracking().ToListAsync(cancellationToken)).Select(row => row.Definition)) },
            Objects = { InOrder(objects.Select(row => Bare(row.ToMessage()))) },
            Fields = { InOrder(fields.Select(row => Bare(row.ToMessage()))) },
            Views = { InOrder((await db.Views.AsNoTracking().Where(row => row.OwnerId == null && row.TeamId == null).ToListAsync(cancellationToken)).Select(row => row.Definition)) },
            Layouts = { InOrder((await db.Layouts.AsNoTracking().ToListAsync(cancellationToken)).Select(row => row.Definition)) },
            Dashboards = { InOrder((await db.Dashboards.AsNoTracking().Where(row => row.OwnerId == null && row.TeamId == null).ToListAsync(cancellationToken)).Select(row => row.Definition)) },
            Themes = { InOrder(themes.Select(row => row.Definition)) },
            Logos = { logos.Select(logo => new PackagedLogo { Theme = keys[logo.ThemeId], Content = ByteString.CopyFrom(logo.Content) }).OrderBy(logo => logo.Theme, StringComparer.Ordinal) },
        };
    }

    /// <summary>A field without what the platform says of it.</summary>
    public static Field Bare(Field field)
    {
        var bare = ShapeMessage.Bare(field);
        (bare.DeleteTime, bare.PurgeTime, bare.ResultType) = (null, null, FieldType.Unspecified);
        return bare;
    }

    // What is public is said of this company, and not of another one that takes the package.
    private static ObjectType Bare(ObjectType known)
    {
        var bare = ShapeMessage.Bare(known);
        bare.Publication = null;
        (bare.DeleteTime, bare.PurgeTime, bare.Resource) = (null, null, "");
        return bare;
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> messages)
        where T : IMessage => messages.OrderBy(message => PackageItem.NameOf(message), StringComparer.Ordinal);
}
