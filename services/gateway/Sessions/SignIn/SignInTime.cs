using System.Globalization;
using System.Security.Claims;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>When a person was asked last who they are, as the identity server says.</summary>
internal static class SignInTime
{
    /// <summary>How far clocks may differ, and how long the shortest session is that begins by an old single sign-on.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    /// <summary>The token's <c>auth_time</c>; null where it has none.</summary>
    public static DateTimeOffset? Of(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>When a session ends that begins now: so long after the person was asked.</summary>
    public static DateTimeOffset EndOf(ClaimsPrincipal user, DateTimeOffset now, TimeSpan lifetime)
    {
        var asked = Of(user) is { } time && time < now ? time : now;
        return asked + lifetime > now + Leeway ? asked + lifetime : now + Leeway;
    }
}
