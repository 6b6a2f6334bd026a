using System.Globalization;
using MailKit.Security;
using MimeKit;
using Platform.Identity.Realms;

namespace Platform.Identity.Mail;

/// <summary>The realm's <c>smtpServer</c>, whose values Keycloak writes as texts.</summary>
internal sealed record MailSettings(string Host, int Port, MailboxAddress From, SecureSocketOptions Security, string? User, string? Password)
{
    /// <summary>Null when the realm sends no mail.</summary>
    public static MailSettings? Of(Realm realm)
    {
        var server = realm.Settings.SmtpServer;
        if (server.GetValueOrDefault("host") is not { Length: > 0 } host) return null;
        if (!MailboxAddress.TryParse(server.GetValueOrDefault("from"), out var from))
            throw new StartupException("The realm file's smtpServer needs a \"from\" that is an address.");
        from.Name = server.GetValueOrDefault("fromDisplayName");
        return new(host, ReadPort(server.GetValueOrDefault("port")), from, ReadSecurity(server), Authenticated(server, "user"), Authenticated(server, "password"));
    }

    private static int ReadPort(string? text) => string.IsNullOrEmpty(text) ? 25
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw new StartupException($"The realm file's smtpServer has the port {text}, which is no number.");

    private static SecureSocketOptions ReadSecurity(IReadOnlyDictionary<string, string> server) =>
        server.GetValueOrDefault("ssl") == "true" ? SecureSocketOptions.SslOnConnect
        : server.GetValueOrDefault("starttls") == "true" ? SecureSocketOptions.StartTls
        : SecureSocketOptions.None;

    private static string? Authenticated(IReadOnlyDictionary<string, string> server, string name) =>
        server.GetValueOrDefault("auth") == "true" ? server.GetValueOrDefault(name) : null;
}
