using Platform.Devices;

namespace Platform.Tenants.SignIns;

/// <summary>An event with what is known of it beside.</summary>
/// <param name="Event">What the identity server wrote.</param>
/// <param name="Note">What the gateway told of the browser; null where it told nothing.</param>
/// <param name="Teller">The company in which the person is told of a new device: of several, the one that was signed in to.</param>
internal sealed record Sighting(IdentityEvent Event, BrowserNote? Note, Guid Teller)
{
    /// <summary>In words.</summary>
    public string Device => Note is { Device.Length: > 0 } ? Note.Device : UserAgent.Of(Event.Detail("user_agent") ?? "").InWords;

    /// <summary>By what the device is known again.</summary>
    public byte[] HashFor(SignIn signIn) => Note?.Hash ?? DeviceKeys.OfTraits(signIn.ClientId, signIn.Device, signIn.Address);
}
