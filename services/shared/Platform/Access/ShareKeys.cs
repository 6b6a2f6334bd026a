namespace Platform.Access;

/// <summary>Persons and teams as the shares of a record name them.</summary>
internal static class ShareKeys
{
    public const string UserPrefix = "user:";
    public const string TeamPrefix = "team:";

    public static string OfUser(Guid id) => $"{UserPrefix}{id}";

    public static string OfTeam(Guid id) => $"{TeamPrefix}{id}";
}
