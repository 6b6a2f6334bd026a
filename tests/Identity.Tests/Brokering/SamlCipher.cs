using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Platform.Identity.Tests.Brokering;

/// <summary>How a provider encrypts assertions for the platform: with .NET's own encryption where that knows the mode, which the server under test opens without.</summary>
/// <param name="Key">How the content's key is wrapped: <c>oaep</c>, <c>oaep-sha256</c> or <c>rsa-1_5</c>.</param>
internal sealed record SamlCipher(X509Certificate2 Certificate, string Mode = "aes256-cbc", string Key = "oaep", string? Recipient = null, bool KeyBeside = false)
{
    private const string Space = "http://www.w3.org/2001/04/xmlenc#";
    private const string Space11 = "http://www.w3.org/2009/xmlenc11#";

    /// <summary>Puts the encrypted assertion in the place of the one that is there.</summary>
    public void Encrypt(XmlElement assertion, Func<byte[], byte[]>? change = null)
    {
        using var aes = Aes.Create();
        aes.KeySize = Mode.Contains("128", StringComparison.Ordinal) ? 128 : 256;
        var content = Mode.EndsWith("cbc", StringComparison.Ordinal) ? new EncryptedXml().EncryptData(assertion, aes, content: false) : Gcm(aes.Key, assertion.OuterXml);
        var key = $"""
            <xenc:EncryptedKey xmlns:xenc="{Space}"{(Recipient is null ? "" : $" Recipient=\"{Recipient}\"")}><xenc:EncryptionMethod Algorithm="{KeyMethod()}">{KeyDetails()}</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>{Convert.ToBase64String(Wrap(aes.Key))}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>
            """;
        var data = $"""
            <xenc:EncryptedData xmlns:xenc="{Space}" Type="{Space}Element"><xenc:EncryptionMethod Algorithm="{Method()}"/>{(KeyBeside ? "" : $"<ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{key}</ds:KeyInfo>")}<xenc:CipherData><xenc:CipherValue>{Convert.ToBase64String(change is null ? content : change(content))}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>
            """;
        var encrypted = SamlIdp.Load($"""<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{data}{(KeyBeside ? key : "")}</saml:EncryptedAssertion>""");
        assertion.ParentNode!.ReplaceChild(assertion.OwnerDocument.ImportNode(encrypted.DocumentElement!, deep: true), assertion);
    }

    private string Method() => Mode.EndsWith("gcm", StringComparison.Ordinal) ? $"{Space11}{Mode}" : $"{Space}{Mode}";

    private string KeyMethod() => Key switch
    {
        "oaep" => $"{Space}rsa-oaep-mgf1p",
        "oaep-sha256" => $"{Space11}rsa-oaep",
        _ => $"{Space}rsa-1_5",
    };

    private string KeyDetails() => Key == "oaep-sha256"
        ? $"""<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="{Space}sha256"/><xenc11:MGF xmlns:xenc11="{Space11}" Algorithm="{Space11}mgf1sha256"/>"""
        : "";

    private byte[] Wrap(byte[] key)
    {
        using var rsa = Certificate.GetRSAPublicKey()!;
        return rsa.Encrypt(key, Key switch
        {
            "oaep" => RSAEncryptionPadding.OaepSHA1,
            "oaep-sha256" => RSAEncryptionPadding.OaepSHA256,
            _ => RSAEncryptionPadding.Pkcs1,
        });
    }

    private static byte[] Gcm(byte[] key, string text)
    {
        var (plain, nonce, tag) = (Encoding.UTF8.GetBytes(text), RandomNumberGenerator.GetBytes(12), new byte[16]);
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        return [.. nonce, .. cipher, .. tag];
    }
}
