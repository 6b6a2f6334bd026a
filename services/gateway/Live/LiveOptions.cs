using System.ComponentModel.DataAnnotations;

namespace Platform.Gateway.Live;

/// <summary>
/// Settings under <c>Live</c>, beside <c>ClientId</c> (default: <c>platform-live</c>) and <c>Secret</c> of the account that hears what
/// changes. Without a secret there is no hub.
/// </summary>
internal sealed class LiveOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Live";

    /// <summary>Rooms that one connection may be in. Default: 50.</summary>
    [Range(1, 1_000)]
    public int RoomsPerConnection { get; set; } = 50;

    /// <summary>Connections of one person or key at one gateway. Default: 20.</summary>
    [Range(1, 1_000)]
    public int ConnectionsPerUser { get; set; } = 20;

    /// <summary>Calls that a connection may make in a second, for any length of time. Default: 10.</summary>
    [Range(1, 1_000)]
    public int CallsPerSecond { get; set; } = 10;

    /// <summary>Calls that a connection may make at once after a pause. Default: 100.</summary>
    [Range(1, 10_000)]
    public int CallBurst { get; set; } = 100;
}
