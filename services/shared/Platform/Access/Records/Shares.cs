using Platform.Access.V1;

namespace Platform.Access.Records;

/// <summary>The shares of a record, in its row and in the words of the contract.</summary>
internal static class Shares
{
    public const int MaxShares = 200;

    public static ListSharesResponse Of(ProtectedEntity row) => new()
    {
        OwnerId = row.OwnerId?.ToString() ?? "",
        Shares = { row.Readers.Select(key => ToMessage(key, ShareLevel.Read)), row.Writers.Select(key => ToMessage(key, ShareLevel.Write)) },
    };

    /// <summary>Null where neither a person nor a team is named.</summary>
    public static string? KeyOf(Share? share) => share?.WithCase switch
    {
        Share.WithOneofCase.UserId when Guid.TryParse(share.UserId, out var user) => ShareKeys.OfUser(user),
        Share.WithOneofCase.TeamId when Guid.TryParse(share.TeamId, out var team) => ShareKeys.OfTeam(team),
        _ => null,
    };

    /// <summary>Gives the key this level, or none; false where the record has as many shares as it may have.</summary>
    public static bool TrySet(ProtectedEntity row, string key, ShareLevel level)
    {
        row.Readers = With(row.Readers, key, level == ShareLevel.Read);
        row.Writers = With(row.Writers, key, level == ShareLevel.Write);
        return row.Readers.Count + row.Writers.Count <= MaxShares;
    }

    private static List<string> With(List<string> keys, string key, bool included)
    {
        var others = keys.Where(known => known != key);
        return included ? [.. others, key] : [.. others];
    }

    private static Share ToMessage(string key, ShareLevel level) => key.StartsWith(ShareKeys.TeamPrefix, StringComparison.Ordinal)
        ? new Share { TeamId = key[ShareKeys.TeamPrefix.Length..], Level = level }
        : new Share { UserId = key[ShareKeys.UserPrefix.Length..], Level = level };
}
