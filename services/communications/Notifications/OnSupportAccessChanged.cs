using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Communications.Notifications;

/// <summary>The administrators are told of each step of support access: the request, what became of it, and the end.</summary>
internal static class OnSupportAccessChanged
{
    public static async Task Handle(SupportAccessChanged message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        if (message.Grant is not { } grant || StateOf(grant.State) is not { } state)
            return;
        var notice = new Notice("support-access", "support.access", DataOf(grant, state), $"{grant.Id}/{state}");
        foreach (var administrator in message.Administrators)
        {
            if (Guid.TryParse(administrator.UserId, out var user))
                await notice.SendAsync(user, administrator.DisplayName, administrator.Email, db, context, cancellationToken);
        }
    }

    private static string? StateOf(SupportGrantState state) => state switch
    {
        SupportGrantState.Requested => "requested",
        SupportGrantState.Granted => "granted",
        SupportGrantState.Rejected => "rejected",
        SupportGrantState.Revoked => "revoked",
        SupportGrantState.Ended => "ended",
        SupportGrantState.Expired => "expired",
        _ => null,
    };

    private static Struct DataOf(SupportGrant grant, string state)
    {
        var until = grant.ExpireTime?.ToDateTimeOffset();
        return new Struct
        {
            Fields =
            {
                ["state"] = Value.ForString(state),
                ["grant"] = Value.ForString(grant.Id),
                ["person"] = Value.ForString(grant.SupportName.Length > 0 ? grant.SupportName : grant.SupportUserId),
                ["reason"] = Value.ForString(grant.Reason),
                ["minutes"] = Value.ForString(((grant.Duration?.Seconds ?? 0) / 60).ToString(CultureInfo.InvariantCulture)),
                ["role"] = Value.ForString(grant.Role),
                ["untilDate"] = Value.ForString(until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
                ["untilTime"] = Value.ForString(until?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? ""),
            },
        };
    }
}
