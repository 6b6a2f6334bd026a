using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using System.Xml;
using System.Xml.Linq;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

/// <summary>Single logout: whoever signs out at one side is signed out at the other.</summary>
public sealed class SamlSignOutFacts(SamlIdp idp, SharedProvider server) : IClassFixture<SamlIdp>
{
    private static readonly XNamespace Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static readonly XNamespace Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";

    [Fact]
    public async Task Signed_out_here_a_person_is_signed_out_at_the_provider_and_comes_back()
    {
        using var bench = await StartAsync();
        var name = $"{Guid.NewGuid():N}";
        var tokens = await bench.Cli.ExchangeAsync(await bench.SignInAsync(bench.Email(), name));

        var onward = await LeaveAsync(bench, tokens);
        var address = new Uri(onward.Link("idp.example"));
        var request = SamlBench.Inflate(HttpUtility.ParseQueryString(address.Query)["SAMLRequest"]!);
        var isOver = (await bench.Cli.RefreshAsync(tokens)).Error();
        var back = await bench.Browser.OpenAsync(Redirect(bench, "SAMLResponse", Answer(bench, (string)request.Attribute("ID")!), BrokerFacts.Query(address, "RelayState")));

        Assert.Equal("invalid_grant", isOver);
        Assert.Equal((SamlIdp.SignOutUrl, server.Issuer), ((string?)request.Attribute("Destination"), (string?)request.Element(Assertion + "Issuer")));
        Assert.Equal((name, "_s1"), ((string?)request.Element(Assertion + "NameID"), (string?)request.Element(Protocol + "SessionIndex")));
        Assert.Equal("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", (string?)request.Element(Assertion + "NameID")!.Attribute("Format"));
        Assert.True(await IsOursAsync(bench, address));
        Assert.Equal((bench.Cli.RedirectUri, "where we were"), (back.LeftFor?.GetLeftPart(UriPartial.Path), back.Answer("state")));
    }

    [Fact]
    public async Task A_provider_that_does_not_confirm_keeps_nobody_signed_in_here_and_the_person_is_told()
    {
        using var bench = await StartAsync(("postBindingLogout", "true"));
        (string Reason, Func<string, string> Answer)[] answers =
        [
            ("not signed out there", request => Signed(Answer(bench, request, "urn:oasis:names:tc:SAML:2.0:status:Responder"))),
            ("answers another request, or none", _ => Signed(Answer(bench, "_another"))),
            ("signature", request => SamlIdp.Encode(Answer(bench, request))),
            ("signature", request => Signed(Answer(bench, request), idp.Stranger)),
            ("destination", request => Signed(Answer(bench, request).Replace(bench.Endpoint, "https://other.example", StringComparison.Ordinal))),
            ("another message", request => Signed(Request(bench, "somebody", []))),
        ];

        foreach (var (reason, answer) in answers)
        {
            var tokens = await bench.Cli.ExchangeAsync(await bench.SignInAsync(bench.Email(), $"{Guid.NewGuid():N}"));
            var onward = await LeaveAsync(bench, tokens);
            var request = SamlIdp.Load(Encoding.UTF8.GetString(Convert.FromBase64String(Field(onward, "SAMLRequest"))));
            var signature = new SignedXml(request);
            signature.LoadXml((XmlElement)request.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!);
            using var ours = await bench.CertificateAsync("signing");
            var back = await bench.Browser.PostAsync(bench.Endpoint, ("SAMLResponse", answer(request.DocumentElement!.GetAttribute("ID"))), ("RelayState", Field(onward, "RelayState")));

            Assert.True(signature.CheckSignature(ours, verifySignatureOnly: true));
            Assert.True(back.Error == "broker_signout", reason);
            Assert.Equal("invalid_grant", (await bench.Cli.RefreshAsync(tokens)).Error());
        }
        IReadOnlyList<(string Type, string? Error, string? Reason)> journal = [];
        await Eventually.True(async () => (journal = [.. (await bench.JournalAsync()).Where(entry => entry.Type == "LOGOUT_ERROR")]).Count == answers.Length);
        Assert.Equal(answers.Select(answer => answer.Reason), journal.Reverse().Select(entry => entry.Reason));
        // Nobody waits for an answer that comes twice, or that another browser brings.
        Assert.Equal("stale_page", (await bench.Browser.PostAsync(bench.Endpoint, ("SAMLResponse", Signed(Answer(bench, "_x"))), ("RelayState", "_x"))).Error);
    }

    [Fact]
    public async Task Signed_out_at_the_provider_a_person_is_signed_out_here_in_the_session_that_it_names()
    {
        using var bench = await StartAsync(("postBindingLogout", "true"));
        using var elsewhere = new Browser(server.Url);
        using var others = new Browser(server.Url);
        var (email, name) = (bench.Email(), $"{Guid.NewGuid():N}");
        var first = await SignInAsync(bench, bench.Browser, email, name, "_one");
        var second = await SignInAsync(bench, elsewhere, email, name, "_two");
        var other = await SignInAsync(bench, others, bench.Email(), $"{Guid.NewGuid():N}", "_one");

        var answer = await bench.Browser.PostAsync(bench.Endpoint, ("SAMLRequest", Signed(Request(bench, name, ["_one"], "_r1"))), ("RelayState", "theirs & ours"));
        var (ended, kept) = ((await bench.Cli.RefreshAsync(first)).Error(), await bench.Cli.RefreshAsync(second));
        var byRedirect = await bench.Browser.OpenAsync(Redirect(bench, "SAMLRequest", Request(bench, name, []), "theirs"));

        var response = SamlIdp.Load(Encoding.UTF8.GetString(Convert.FromBase64String(Field(answer, "SAMLResponse")))).DocumentElement!;
        Assert.Contains($"action=\"{SamlIdp.SignOutUrl}\"", WebUtility.HtmlDecode(answer.Html), StringComparison.Ordinal);
        Assert.Equal(("_r1", "theirs & ours"), (response.GetAttribute("InResponseTo"), Field(answer, "RelayState")));
        Assert.Equal(("invalid_grant", null), (ended, kept.Error()));
        Assert.Equal("theirs", Field(byRedirect, "RelayState"));
        Assert.Equal("invalid_grant", (await bench.Cli.RefreshAsync(kept)).Error());
        Assert.Null((await bench.Cli.RefreshAsync(other)).Error());
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_what_the_provider_did_not_say_just_now()
    {
        using var bench = await StartAsync();
        var name = $"{Guid.NewGuid():N}";
        var tokens = await bench.Cli.ExchangeAsync(await bench.SignInAsync(bench.Email(), name));
        var genuine = Request(bench, name, ["_s1"]);
        var signed = Signed(Request(bench, "another", [], "_used"));
        await bench.Browser.PostAsync(bench.Endpoint, ("SAMLRequest", signed));
        (string Reason, Func<Task<Screen>> Try)[] attacks =
        [
            ("used already", () => PostAsync(bench, signed)),
            ("signature", () => PostAsync(bench, SamlIdp.Encode(genuine))),
            ("signature", () => PostAsync(bench, Signed(genuine, idp.Stranger))),
            ("issuer", () => PostAsync(bench, Signed(genuine.Replace(SamlIdp.Issuer, "https://other.example", StringComparison.Ordinal)))),
            ("destination", () => PostAsync(bench, Signed(genuine.Replace(bench.Endpoint, "https://other.example", StringComparison.Ordinal)))),
            ("not from just now", () => PostAsync(bench, Signed(genuine.Replace(SamlWords.At(0), SamlWords.At(-900), StringComparison.Ordinal)))),
            ("expired", () => PostAsync(bench, Signed(genuine.Replace("Version=", $"NotOnOrAfter=\"{SamlWords.At(-60)}\" Version=", StringComparison.Ordinal)))),
            ("another message", () => PostAsync(bench, Signed(new SamlWords(bench.Endpoint, "_x", server.Issuer).ResponseXml("")))),
            ("signatures", () => PostAsync(bench, Wrapped(bench, name))),
            ("malformed", () => PostAsync(bench, SamlIdp.Encode("<!DOCTYPE x [<!ENTITY y \"z\">]>" + genuine))),
            ("signature", () => bench.Browser.OpenAsync(Redirect(bench, "SAMLRequest", genuine, "here").Replace("RelayState=here", "RelayState=there", StringComparison.Ordinal))),
            ("signature", () => bench.Browser.OpenAsync(Redirect(bench, "SAMLRequest", genuine, "here") + "&RelayState=there")),
            ("signature", () => bench.Browser.OpenAsync(Redirect(bench, "SAMLRequest", genuine, "here").Split("&SigAlg")[0])),
            ("signature", () => bench.Browser.OpenAsync(Redirect(bench, "SAMLRequest", genuine, "here", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"))),
            ("malformed", () => bench.Browser.OpenAsync(Redirect(bench, "SAMLRequest", genuine + new string(' ', 100_000), "here"))),
        ];

        foreach (var (reason, attempt) in attacks)
            Assert.True((await attempt()).Error == "broker_signout", reason);
        IReadOnlyList<(string Type, string? Error, string? Reason)> journal = [];
        await Eventually.True(async () => (journal = [.. (await bench.JournalAsync()).Where(entry => entry.Type == "LOGOUT_ERROR")]).Count == attacks.Length);
        Assert.Equal(attacks.Select(attack => attack.Reason), journal.Reverse().Select(entry => entry.Reason));
        Assert.Null((await bench.Cli.RefreshAsync(tokens)).Error());
    }

    private Task<SamlBench> StartAsync(params (string Name, string Value)[] settings) => SamlBench.StartAsync(server, idp, provider =>
    {
        provider["config"]!["singleLogoutServiceUrl"] = SamlIdp.SignOutUrl;
        provider["config"]!["postBindingLogout"] = "false";
        // What was said before the server began, by as much as clocks may differ, is not heard: it has only just begun here.
        provider["config"]!["allowedClockSkew"] = "1";
        foreach (var (name, value) in settings) provider["config"]![name] = value;
    });

    private async Task<JsonObject> SignInAsync(SamlBench bench, Browser browser, string email, string name, string session)
    {
        var attempt = await bench.LeaveAsync(browser);
        var document = SamlIdp.Load((bench.Words(attempt) with { Email = email, NameId = name, SessionIndex = session }).ResponseXml());
        idp.Sign(SamlIdp.Assertion(document));
        return await bench.Cli.ExchangeAsync(await bench.PostAsync(attempt, SamlIdp.Encode(document), browser));
    }

    private static Task<Screen> LeaveAsync(SamlBench bench, JsonObject tokens) => bench.Browser.OpenAsync(bench.Cli.LogoutUrl(
        ("id_token_hint", (string)tokens["id_token"]!), ("post_logout_redirect_uri", bench.Cli.RedirectUri), ("state", "where we were")));

    private static Task<Screen> PostAsync(SamlBench bench, string request) => bench.Browser.PostAsync(bench.Endpoint, ("SAMLRequest", request));

    private static string Request(SamlBench bench, string name, string[] sessions, string? id = null) => $"""
        <samlp:LogoutRequest xmlns:samlp="{Protocol}" xmlns:saml="{Assertion}" ID="{id ?? $"_l{Guid.NewGuid():N}"}" Version="2.0" IssueInstant="{SamlWords.At(0)}" Destination="{bench.Endpoint}"><saml:Issuer>{SamlIdp.Issuer}</saml:Issuer><saml:NameID>{name}</saml:NameID>{string.Concat(sessions.Select(session => $"<samlp:SessionIndex>{session}</samlp:SessionIndex>"))}</samlp:LogoutRequest>
        """;

    private static string Answer(SamlBench bench, string request, string status = "urn:oasis:names:tc:SAML:2.0:status:Success") => $"""
        <samlp:LogoutResponse xmlns:samlp="{Protocol}" xmlns:saml="{Assertion}" ID="_l{Guid.NewGuid():N}" Version="2.0" IssueInstant="{SamlWords.At(0)}" Destination="{bench.Endpoint}" InResponseTo="{request}"><saml:Issuer>{SamlIdp.Issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status></samlp:LogoutResponse>
        """;

    private string Signed(string message, RSA? key = null)
    {
        var document = SamlIdp.Load(message);
        idp.Sign(document.DocumentElement!, key);
        return SamlIdp.Encode(document);
    }

    // What the provider signed for somebody else, in the extensions of what the attacker wrote.
    private string Wrapped(SamlBench bench, string name)
    {
        var theirs = SamlIdp.Load(Request(bench, "somebody else", []));
        idp.Sign(theirs.DocumentElement!);
        return SamlIdp.Encode(Request(bench, name, []).Replace("</samlp:LogoutRequest>", $"<samlp:Extensions>{theirs.DocumentElement!.OuterXml}</samlp:Extensions></samlp:LogoutRequest>", StringComparison.Ordinal));
    }

    private string Redirect(SamlBench bench, string field, string message, string relayState, string algorithm = SignedXml.XmlDsigRSASHA256Url)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(Encoding.UTF8.GetBytes(message));
        var query = $"{field}={Uri.EscapeDataString(Convert.ToBase64String(memory.ToArray()))}&RelayState={Uri.EscapeDataString(relayState)}&SigAlg={Uri.EscapeDataString(algorithm)}";
        var hash = algorithm == SignedXml.XmlDsigRSASHA256Url ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        return $"{bench.Endpoint}?{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(idp.Key.SignData(Encoding.ASCII.GetBytes(query), hash, RSASignaturePadding.Pkcs1)))}";
    }

    private static async Task<bool> IsOursAsync(SamlBench bench, Uri address)
    {
        using var certificate = await bench.CertificateAsync("signing");
        using var key = certificate.GetRSAPublicKey()!;
        // The address has a parameter of its own in front.
        var content = address.Query[(address.Query.IndexOf("SAMLRequest", StringComparison.Ordinal))..].Split("&Signature=")[0];
        return key.VerifyData(Encoding.ASCII.GetBytes(content), Convert.FromBase64String(BrokerFacts.Query(address, "Signature")), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Field(Screen screen, string name) => WebUtility.HtmlDecode(screen.Html.Split($"name=\"{name}\" value=\"")[1].Split('"')[0]);
}
