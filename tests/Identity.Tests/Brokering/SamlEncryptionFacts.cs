using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

/// <summary>Providers that encrypt what they say of a person, so that the browser that carries it cannot read it.</summary>
public sealed class SamlEncryptionFacts(SamlIdp idp, SharedProvider server) : IClassFixture<SamlIdp>
{
    [Fact]
    public async Task An_encrypted_assertion_is_opened_in_every_mode_that_is_sound()
    {
        using var bench = await SamlBench.StartAsync(server, idp, provider => provider["config"]!["wantAssertionsEncrypted"] = "true");
        using var certificate = await bench.CertificateAsync("encryption");
        SamlCipher[] ciphers =
        [
            new(certificate), new(certificate, "aes128-cbc", KeyBeside: true), new(certificate, "aes256-gcm", "oaep-sha256"),
            new(certificate, "aes128-gcm", Recipient: server.Issuer, KeyBeside: true),
        ];

        foreach (var cipher in ciphers)
        {
            var email = bench.Email();
            var screen = await SignInAsync(bench, cipher, email);
            Assert.True(screen.Error is null, $"{cipher.Mode} {cipher.Key}: {screen.Error}");
            Assert.Equal(email, (string?)(await bench.Cli.ExchangeAsync(screen)).Claims()["preferred_username"]);
        }
        // The response around it is signed in place of the assertion within.
        Assert.Null((await SignInAsync(bench, ciphers[0], bench.Email(), sign: _ => { }, finish: document => idp.Sign(document.DocumentElement!))).Error);
        await bench.SetAsync(("wantAssertionsSigned", "true"));
        Assert.Equal("broker_unconfirmed", (await SignInAsync(bench, ciphers[0], bench.Email(), sign: _ => { }, finish: document => idp.Sign(document.DocumentElement!))).Error);
        // Encryption that nobody demanded is welcome.
        await bench.SetAsync(("wantAssertionsEncrypted", "false"));
        Assert.Null((await SignInAsync(bench, ciphers[2], bench.Email())).Error);
    }

    [Fact]
    public async Task What_is_not_encrypted_as_agreed_or_not_signed_within_signs_nobody_in()
    {
        using var bench = await SamlBench.StartAsync(server, idp, provider => provider["config"]!["wantAssertionsEncrypted"] = "true");
        using var certificate = await bench.CertificateAsync("encryption");
        using var signing = await bench.CertificateAsync("signing");
        var sound = new SamlCipher(certificate, "aes256-gcm");
        (string Attack, string Error, string Reason, Func<Task<Screen>> Try)[] attacks =
        [
            ("not encrypted", "broker_unencrypted", "not encrypted", () => SignInAsync(bench, null, bench.Email())),
            ("RSA 1.5", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, sound with { Key = "rsa-1_5" }, bench.Email())),
            ("triple DES", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, sound with { Mode = "tripledes-cbc" }, bench.Email())),
            ("for another key", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, sound with { Certificate = signing }, bench.Email())),
            ("for another recipient", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, sound with { Recipient = "https://other.example" }, bench.Email())),
            ("changed on the way", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, sound, bench.Email(), change: Flip)),
            ("changed on the way, without a check of its own", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, new(certificate), bench.Email(), change: Flip)),
            ("cut off", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, new(certificate), bench.Email(), change: content => content[..16])),
            ("unsigned within", "broker_unconfirmed", "unsigned", () => SignInAsync(bench, sound, bench.Email(), sign: _ => { })),
            ("stranger's signature within", "broker_unconfirmed", "signature of the assertion", () => SignInAsync(bench, sound, bench.Email(), sign: assertion => idp.Sign(assertion, idp.Stranger))),
            ("another assertion within", "broker_unconfirmed", "assertions", () => SignInAsync(bench, sound, bench.Email(), sign: Wrap)),
            ("another assertion beside", "broker_unconfirmed", "assertions", () => SignInAsync(bench, sound, bench.Email(), finish: Beside)),
            ("encrypted twice", "broker_unconfirmed", "not to be decrypted", () => SignInAsync(bench, sound, bench.Email(), finish: document => sound.Encrypt(Encrypted(document)))),
        ];

        foreach (var (attack, error, _, attempt) in attacks)
        {
            var screen = await attempt();
            Assert.True(screen.Error == error && screen.LeftFor is null, $"{attack}: {screen.Error} {screen.LeftFor}");
        }
        Assert.Empty((await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray());
        IReadOnlyList<(string, string?, string?)> journal = [];
        await Eventually.True(async () => (journal = await bench.JournalAsync()).Count == attacks.Length);
        Assert.Equal(attacks.Reverse().Select(attack => ("IDENTITY_PROVIDER_LOGIN_ERROR", (string?)attack.Error, (string?)attack.Reason)), journal);
    }

    private async Task<Screen> SignInAsync(
        SamlBench bench, SamlCipher? cipher, string email, Action<XmlElement>? sign = null, Func<byte[], byte[]>? change = null, Action<XmlDocument>? finish = null)
    {
        var attempt = await bench.LeaveAsync();
        var document = SamlIdp.Load((bench.Words(attempt) with { Email = email }).ResponseXml());
        if (sign is null) idp.Sign(SamlIdp.Assertion(document));
        else sign(SamlIdp.Assertion(document));
        cipher?.Encrypt(SamlIdp.Assertion(document), change);
        finish?.Invoke(document);
        return await bench.PostAsync(attempt, SamlIdp.Encode(document));
    }

    // Near the end, where the padding or the check is.
    private static byte[] Flip(byte[] content)
    {
        content[^20] ^= 1;
        return content;
    }

    // The signed one lies within one that the attacker wrote.
    private void Wrap(XmlElement assertion)
    {
        idp.Sign(assertion);
        var evil = (XmlElement)assertion.CloneNode(deep: true);
        evil.SetAttribute("ID", "_evil");
        evil.RemoveChild(evil.ChildNodes.OfType<XmlElement>().Single(child => child.LocalName == "Signature"));
        var place = assertion.ParentNode!;
        place.ReplaceChild(evil, assertion);
        evil.AppendChild(assertion);
    }

    private static void Beside(XmlDocument document)
    {
        var evil = SamlIdp.Load(new SamlWords("https://x.example", "_x", "https://x.example").AssertionXml()).DocumentElement!;
        document.DocumentElement!.AppendChild(document.ImportNode(evil, deep: true));
    }

    private static XmlElement Encrypted(XmlDocument document) => document.DocumentElement!.ChildNodes.OfType<XmlElement>().Single(child => child.LocalName == "EncryptedAssertion");
}
