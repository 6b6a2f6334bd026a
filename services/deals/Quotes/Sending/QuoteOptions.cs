namespace Platform.Deals.Quotes.Sending;

/// <summary>How quotes are looked after.</summary>
internal sealed class QuoteOptions
{
    /// <summary>How often is looked for quotes whose last day is over, and for messages of quotes that wait. Default: a minute.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The address of the gateway as customers reach it, to which links in e-mails lead (<c>Quotes:PublicUrl</c>). Without it none are mailed.</summary>
    public Uri? PublicUrl { get; set; }
}
