using Platform.Filtering;

namespace Platform.Tenants.SignIns;

/// <summary>What sign-ins may be filtered and sorted by.</summary>
internal static class SignInFields
{
    public static FilterSchema<SignIn> Schema { get; } = FilterSchema.Of<SignIn>(fields => fields
        .Instant("time", row => row.CreateTime, sortable: true)
        .Id("user_id", row => row.UserId)
        .Choice("outcome", row => row.Outcome)
        .Choice("method", row => row.Method)
        .Text("broker", row => row.Broker)
        .Text("client_id", row => row.ClientId)
        .Text("address", row => row.Address)
        .Text("device", row => row.Device)
        .Boolean("new_device", row => row.NewDevice)
        .Text("error", row => row.Error));
}
