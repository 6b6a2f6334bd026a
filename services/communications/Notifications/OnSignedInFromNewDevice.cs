using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.Events;
using Platform.Tenants.V1;

namespace Platform.Communications.Notifications;

internal static class OnSignedInFromNewDevice
{
    public static Task Handle(SignedInFromNewDevice message, EventContext context, CommunicationsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(message.UserId, out var user))
            return Task.CompletedTask;
        var time = message.Time?.ToDateTimeOffset() ?? context.Time;
        var data = new Struct
        {
            Fields =
            {
                ["device"] = Value.ForString(message.Device),
                ["address"] = Value.ForString(message.Address),
                ["application"] = Value.ForString(message.ClientId),
                ["date"] = Value.ForString(time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ["time"] = Value.ForString(time.ToString("HH:mm", CultureInfo.InvariantCulture)),
            },
        };
        return new Notice("new-device", "security.new-device", data, message.DeviceId).SendAsync(user, message.DisplayName, message.Email, db, context, cancellationToken);
    }
}
