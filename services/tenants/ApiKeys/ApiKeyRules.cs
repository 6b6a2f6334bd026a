using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Tenants.ApiKeys;

/// <summary>Who may make keys, and what they may be given.</summary>
internal static class ApiKeyRules
{
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(365);
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(5 * 366);
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(30);

    private static readonly Error KeysMakeNoKeys =
        new(Google.Rpc.Code.PermissionDenied, "PERMISSION_DENIED", "A key cannot manage keys: sign in as an administrator.");

    /// <summary>A key that made keys would outlive its own deletion.</summary>
    public static Error? CheckManager(Caller caller) => caller.Kind == CallerKind.ApiKey ? KeysMakeNoKeys : null;

    /// <summary>The first permission that the caller does not have, or the time that lies outside the bounds, as an error.</summary>
    public static Error? Check(V1.ApiKey message, IEnumerable<string> had, Caller caller, DateTimeOffset now)
    {
        var held = had.ToHashSet(StringComparer.Ordinal);
        foreach (var (index, permission) in message.Permissions.Index())
        {
            if (!held.Contains(permission) && !caller.Permissions.Contains(permission))
                return NotHeld(index, permission);
        }

        return message.ExpireTime?.ToDateTimeOffset() is { } expiry && (expiry <= now || expiry > now + MaxLifetime)
            ? Error.Invalid("apiKey.expireTime", "Use a time in the future, at most five years from now.")
            : null;
    }

    /// <summary>The first permission of a key that the caller does not have, as an error: a new secret of the key would give it to them.</summary>
    public static Error? CheckHeld(ApiKey key, Caller caller) => key.Permissions.Find(permission => !caller.Permissions.Contains(permission)) is { } lacking
        ? new Error(Google.Rpc.Code.PermissionDenied, "PERMISSION_NOT_HELD", Say($"You do not have the permission '{lacking}' of this key, so you cannot have a new secret of it."))
        : null;

    private static Error NotHeld(int index, string permission)
    {
        var message = Say($"You do not have the permission '{permission}', so you cannot give it to a key.");
        return new Error(Google.Rpc.Code.InvalidArgument, "PERMISSION_NOT_HELD", message) { Violations = [new FieldViolation($"apiKey.permissions[{index}]", message)] };
    }
}
