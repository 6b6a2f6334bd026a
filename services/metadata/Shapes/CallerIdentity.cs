using Platform.Tenancy;

namespace Platform.Metadata.Shapes;

/// <summary>What views and dashboards know of the caller.</summary>
internal static class CallerIdentity
{
    /// <summary>The person; null for machines, services and the platform.</summary>
    public static Guid? UserId(this Caller caller) => caller.Kind == CallerKind.Person && Guid.TryParse(caller.Subject, out var id) ? id : null;

    public static IReadOnlyList<Guid> Teams(this Caller caller) => caller.Access?.Variables.Teams ?? [];

    public static IReadOnlyList<string> Roles(this Caller caller) => caller.Access?.Variables.Roles ?? [];

    /// <summary>The id in the text; null where there is none.</summary>
    public static Guid? ToId(this string text) => Guid.TryParse(text, out var id) ? id : null;
}
