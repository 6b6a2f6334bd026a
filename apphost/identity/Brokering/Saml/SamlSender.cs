using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml.Linq;
using Platform.Identity.Tokens;

namespace Platform.Identity.Brokering.Saml;

/// <summary>How a message goes to a provider.</summary>
/// <param name="Field"><see cref="SamlSender.Request"/> or <see cref="SamlSender.Response"/>.</param>
/// <param name="Posts">By the POST binding and not by redirect.</param>
internal sealed record SamlLetter(string Address, string Field, string? RelayState, bool Posts, bool Signs);

/// <summary>Has a browser carry a message to a provider, by the redirect binding or by the POST binding.</summary>
internal sealed class SamlSender(TokenKeys keys)
{
    public const string Request = "SAMLRequest";
    public const string Response = "SAMLResponse";

    public Departure Send(SamlLetter letter, XElement message)
    {
        var plain = message.ToString(SaveOptions.DisableFormatting);
        if (!letter.Posts) return new(Redirect(letter, plain));
        var text = letter.Signs ? Sign(plain, (string)message.Attribute("ID")!) : plain;
        var fields = new Dictionary<string, string> { [letter.Field] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) };
        if (letter.RelayState is not null) fields["RelayState"] = letter.RelayState;
        return new(letter.Address, fields);
    }

    // Bindings §3.4.4.1: the signature is over the parameters as they are written here.
    private string Redirect(SamlLetter letter, string message)
    {
        var query = $"{letter.Field}={Uri.EscapeDataString(Deflate(message))}";
        if (letter.RelayState is not null) query += $"&RelayState={Uri.EscapeDataString(letter.RelayState)}";
        if (letter.Signs)
        {
            query += $"&SigAlg={Uri.EscapeDataString(SamlNames.RsaSha256)}";
            query += $"&Signature={Uri.EscapeDataString(Convert.ToBase64String(keys.Signing.Rsa.SignData(Encoding.ASCII.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))}";
        }
        return $"{letter.Address}{(letter.Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    private static string Deflate(string text)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(memory.ToArray());
    }

    private string Sign(string message, string id)
    {
        var document = SamlXml.Empty();
        document.LoadXml(message);
        var signature = new SignedXml(document) { SigningKey = keys.Signing.Rsa };
        signature.SignedInfo!.CanonicalizationMethod = SamlNames.ExclusiveC14N;
        signature.SignedInfo.SignatureMethod = SamlNames.RsaSha256;
        var reference = new Reference($"#{id}") { DigestMethod = SamlNames.Sha256 };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signature.AddReference(reference);
        signature.KeyInfo.AddClause(new KeyInfoX509Data(keys.Certificate));
        signature.ComputeSignature();
        // The schema wants it right behind the issuer.
        var issuer = document.DocumentElement!.Only(SamlNames.Assertion, "Issuer");
        document.DocumentElement!.InsertAfter(document.ImportNode(signature.GetXml(), deep: true), issuer);
        return document.OuterXml;
    }
}
