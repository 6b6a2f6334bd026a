namespace Platform.Tenants.Invitations;

/// <summary>How many mails a company may have the identity server send (<c>Invitations</c>).</summary>
internal sealed class InvitationOptions
{
    /// <summary>How many mails in 24 hours, those that were sent again included. Default: 100.</summary>
    public int MailsPerDay { get; set; } = 100;

    /// <summary>How long after a mail the same invitation can be sent again. Default: 5 minutes.</summary>
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromMinutes(5);
}
