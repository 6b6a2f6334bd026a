using System.ComponentModel.DataAnnotations;

namespace Platform.Gateway.Sessions;

/// <summary>Settings under <c>Sessions</c>. Without a client secret nobody can sign in here in a browser; tokens work all the same.</summary>
internal sealed class SessionOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Sessions";

    /// <summary>The client of the realm that the gateway is. Default: <c>platform-web</c>.</summary>
    [Required]
    public string ClientId { get; set; } = "platform-web";

    /// <summary>The secret of that client.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// Secrets of at least 32 characters, separated by commas, the same for every replica: the first one seals, all of them open.
    /// A new one is put in front and the old one removed once <see cref="Lifetime"/> has passed.
    /// </summary>
    public string Keys { get; set; } = "";

    /// <summary>
    /// The address under which browsers know the gateway, where something in front of it ends TLS. Default: the address that the
    /// request came to.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>A session that nobody uses for so long has ended. It is measured to the minute. Default: 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:02:00", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// A session ends so long after the person has proven who they are, however busy it is and however often the browser came by a single
    /// sign-on since. Default: 12 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>An access token is renewed when it has less than this left. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a replica may use what it read of a session: so long a session that another replica has ended still works here.
    /// Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(2);
}
