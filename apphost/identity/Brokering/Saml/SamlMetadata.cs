using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;

namespace Platform.Identity.Brokering.Saml;

/// <summary>What a provider's administrator reads in to make us known there: both our keys, and where sign-ins and sign-outs are answered.</summary>
internal sealed class SamlMetadata(Realm realm, RealmAddresses addresses, TokenKeys keys, SamlDecryptionKey decryption)
{
    private static readonly XNamespace Metadata = SamlNames.Metadata;
    private static readonly XNamespace Signature = SamlNames.Signature;

    public IResult Handle(string alias) => realm.FindProvider(alias) is { IsSaml: true } provider
        ? Results.Text(Describe(new SamlProvider(provider, addresses.Issuer.ToString())), "application/samlmetadata+xml", Encoding.UTF8)
        : Results.NotFound();

    private string Describe(SamlProvider provider) => new XElement(Metadata + "EntityDescriptor",
        new XAttribute("entityID", provider.EntityId),
        new XElement(Metadata + "SPSSODescriptor",
            new XAttribute("AuthnRequestsSigned", provider.SignsRequests),
            new XAttribute("WantAssertionsSigned", provider.WantsSignedAssertions),
            new XAttribute("protocolSupportEnumeration", SamlNames.Protocol),
            Key("signing", keys.Certificate),
            Key("encryption", decryption.Certificate, SamlDecryption.Methods.Select(method => new XElement(Metadata + "EncryptionMethod", new XAttribute("Algorithm", method)))),
            Service("SingleLogoutService", SamlNames.PostBinding, provider.Alias),
            Service("SingleLogoutService", SamlNames.RedirectBinding, provider.Alias),
            new XElement(Metadata + "NameIDFormat", provider.NameIdFormat),
            Service("AssertionConsumerService", SamlNames.PostBinding, provider.Alias, new XAttribute("index", 1), new XAttribute("isDefault", true)))).ToString();

    private static XElement Key(string use, X509Certificate2 certificate, params object[] methods) => new(Metadata + "KeyDescriptor",
        new XAttribute("use", use),
        new XElement(Signature + "KeyInfo", new XElement(Signature + "X509Data", new XElement(Signature + "X509Certificate", Convert.ToBase64String(certificate.RawData)))),
        methods);

    private XElement Service(string name, string binding, string alias, params object[] more) =>
        new(Metadata + name, new XAttribute("Binding", binding), new XAttribute("Location", addresses.BrokerEndpoint(alias)), more);
}
