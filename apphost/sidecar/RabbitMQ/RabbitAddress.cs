using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;
using RabbitMQ.Client;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>Where the server is and who connects, from a component's metadata.</summary>
internal static class RabbitAddress
{
    // RabbitMQ's own limit for a message.
    private const uint MaxMessageSize = 128 << 20;

    /// <exception cref="StartupException">The metadata contradict each other, or are not what they should be.</exception>
    public static ConnectionFactory Factory(ComponentSpec spec)
    {
        var address = Address(spec);
        var factory = new ConnectionFactory
        {
            Uri = address,
            ClientProvidedName = spec["clientName"],
            RequestedHeartbeat = spec.Duration("heartBeat") ?? TimeSpan.FromSeconds(10),
            MaxInboundMessageBodySize = MaxMessageSize,
            // Connections are made again here, with all that was declared on them.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (address.Scheme == "amqps")
            Secure(factory, spec);
        return factory;
    }

    private static Uri Address(ComponentSpec spec)
    {
        var given = spec["connectionString"] ?? spec["host"];
        var protocol = spec["protocol"];
        if (!Uri.TryCreate(given ?? FromParts(spec, protocol ?? "amqp"), UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps"))
            throw new StartupException("connectionString is not an address like amqp://user:password@host:5672");
        return given is null || protocol is null || protocol == address.Scheme
            ? address
            : throw new StartupException($"protocol: '{protocol}' is not that of connectionString");
    }

    private static string FromParts(ComponentSpec spec, string protocol)
    {
        var user = spec["username"] is not { } name ? ""
            : spec["password"] is { } password ? $"{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(password)}@"
            : $"{Uri.EscapeDataString(name)}@";
        return $"{protocol}://{user}{spec["hostname"] ?? "localhost"}";
    }

    private static void Secure(ConnectionFactory factory, ComponentSpec spec)
    {
        try
        {
            if (spec["caCert"] is { } authority)
            {
                var roots = new X509Certificate2Collection();
                roots.ImportFromPem(authority);
                factory.Ssl.CertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(roots, certificate, chain, errors);
            }

            if (spec["clientCert"] is { } certificate && spec["clientKey"] is { } key)
                factory.Ssl.Certs = [X509Certificate2.CreateFromPem(certificate, key)];
        }
        catch (CryptographicException error)
        {
            throw new StartupException($"caCert, clientCert or clientKey cannot be read: {error.Message}", error);
        }

        if (!spec.Flag("saslExternal"))
            return;
        if (factory.Ssl.Certs is null)
            throw new StartupException("saslExternal needs caCert, clientCert and clientKey");
        factory.AuthMechanisms = [new ExternalMechanismFactory()];
    }

    private static bool IsTrusted(X509Certificate2Collection roots, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null)
            return false;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build((X509Certificate2)certificate);
    }
}
