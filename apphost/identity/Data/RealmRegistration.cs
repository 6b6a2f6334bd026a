namespace Platform.Identity.Data;

/// <summary>Which realm file the registered clients were read from.</summary>
internal sealed class RealmRegistration
{
    public required string Realm { get; init; }

    public required string Fingerprint { get; set; }
}
