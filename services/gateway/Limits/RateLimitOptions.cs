namespace Platform.Gateway.Limits;

/// <summary>Settings under <c>RateLimit</c>. A client is a browser's session, the subject of a valid token, otherwise an address, of IPv6 a network of 64 bits.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Requests a second that a client may make for any length of time. Default: 200.</summary>
    public double PermitsPerSecond { get; set; } = 200;

    /// <summary>Requests that a client may make at once after a pause. Default: 400.</summary>
    public int Burst { get; set; } = 400;
}
