using Confluent.Kafka;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Kafka;

/// <summary>How the client shows who it is, and whether it encrypts: metadata <c>authType</c> and what goes with it.</summary>
internal static class KafkaSecurity
{
    /// <exception cref="StartupException">The type is none that is known here, or lacks something.</exception>
    public static void Apply(ClientConfig settings, ComponentSpec spec)
    {
        switch (AuthType(spec))
        {
            case "none":
                return;
            case "password":
                Password(settings, spec);
                break;
            case "mtls":
                settings.SslCertificatePem = Needed(spec, "clientCert", "mtls");
                settings.SslKeyPem = Needed(spec, "clientKey", "mtls");
                break;
            case "certificate":
                break;
            case "oidc":
                OpenId(settings, spec);
                break;
        }

        Encrypt(settings, spec);
    }

    private static string AuthType(ComponentSpec spec)
    {
        if (spec["authType"] is not null)
            return spec.OneOf("authType", "none", "password", "mtls", "certificate", "oidc");
        // The older name, from when there was only one kind of authentication.
        return spec["authRequired"] is null ? throw new StartupException("authType is missing or empty")
            : !spec.Flag("authRequired") ? "none"
            : spec["saslPassword"] is null ? "mtls" : "password";
    }

    private static void Password(ClientConfig settings, ComponentSpec spec)
    {
        settings.SaslUsername = Needed(spec, "saslUsername", "password");
        settings.SaslPassword = Needed(spec, "saslPassword", "password");
        settings.SaslMechanism = spec.OneOf("saslMechanism", "PLAINTEXT", "SHA-256", "SHA-512") switch
        {
            "SHA-256" => SaslMechanism.ScramSha256,
            "SHA-512" => SaslMechanism.ScramSha512,
            _ => SaslMechanism.Plain,
        };
    }

    private static void OpenId(ClientConfig settings, ComponentSpec spec)
    {
        settings.SaslMechanism = SaslMechanism.OAuthBearer;
        settings.SaslOauthbearerMethod = SaslOauthbearerMethod.Oidc;
        settings.SaslOauthbearerTokenEndpointUrl = Needed(spec, "oidcTokenEndpoint", "oidc");
        settings.SaslOauthbearerClientId = Needed(spec, "oidcClientID", "oidc");
        settings.SaslOauthbearerClientSecret = Needed(spec, "oidcClientSecret", "oidc");
        settings.SaslOauthbearerScope = (spec["oidcScopes"] ?? "openid").Replace(',', ' ');
    }

    private static void Encrypt(ClientConfig settings, ComponentSpec spec)
    {
        var isEncrypted = !spec.Flag("disableTls");
        settings.SecurityProtocol = (settings.SaslMechanism is not null, isEncrypted) switch
        {
            (true, true) => SecurityProtocol.SaslSsl,
            (true, false) => SecurityProtocol.SaslPlaintext,
            (false, true) => SecurityProtocol.Ssl,
            (false, false) => SecurityProtocol.Plaintext,
        };
        if (!isEncrypted)
            return;
        settings.SslCaPem = spec["caCert"];
        settings.EnableSslCertificateVerification = !spec.Flag("skipVerify");
    }

    private static string Needed(ComponentSpec spec, string key, string type) =>
        spec[key] ?? throw new StartupException($"{key} is missing, which authType {type} needs");
}
