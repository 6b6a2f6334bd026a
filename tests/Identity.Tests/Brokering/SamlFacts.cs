using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

public sealed class SamlFacts(SamlIdp idp, SharedProvider server) : IClassFixture<SamlIdp>
{
    [Fact]
    public async Task A_person_of_the_customer_becomes_a_member_at_the_first_sign_in_and_stays_the_same_one()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        await bench.Admin.CreateAsync($"/identity-provider/instances/{bench.Alias}/mappers", new JsonObject
        {
            ["name"] = "title",
            ["identityProviderMapper"] = "saml-user-attribute-idp-mapper",
            ["config"] = new JsonObject { ["attribute.name"] = "http://idp.example/title", ["user.attribute"] = "title" },
        });
        var (email, name) = (bench.Email(), $"{Guid.NewGuid():N}");

        var first = (await bench.Cli.ExchangeAsync(await bench.SignInAsync(email, name, attributes: SamlWords.AttributeXml("http://idp.example/title", "Miller")))).Claims();
        var again = (await bench.Cli.ExchangeAsync(await bench.SignInAsync(email, name, signsResponse: true))).Claims();

        Assert.Equal((email, "Sam Samuels & <Sons>"), ((string?)first["preferred_username"], (string?)first["name"]));
        Assert.Equal(bench.Organization, (string?)first["organization"]!.AsObject().Single().Value!["id"]);
        Assert.Equal("fed", (string?)first["amr"]!.AsArray().Single());
        Assert.Equal((string?)first["sub"], (string?)again["sub"]);
        Assert.Equal("MANAGED", (string?)(await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray().Single()!["membershipType"]);
        Assert.Equal("Miller", (string?)(await bench.Admin.GetAsync($"/users/{first["sub"]}"))["attributes"]!["title"]![0]);
        var link = (await bench.Admin.GetAsync($"/users/{first["sub"]}/federated-identity")).AsArray().Single()!;
        Assert.Equal((bench.Alias, name), ((string?)link["identityProvider"], (string?)link["userId"]));
    }

    [Fact]
    public async Task An_account_that_is_there_is_connected_only_with_its_password()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var (email, name) = (bench.Email(), $"{Guid.NewGuid():N}");
        var id = await bench.Admin.CreateAsync("/users", new JsonObject
        {
            ["username"] = email,
            ["email"] = email,
            ["emailVerified"] = true,
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = Person.FirstPassword }),
        });

        var question = await bench.SignInAsync(email, name);
        var wrong = await bench.Browser.SubmitAsync(question, ("password", "not this sentence"));
        var done = await bench.Browser.SubmitAsync(wrong, ("password", Person.FirstPassword));

        Assert.Contains("kc-link-account-form", question.Html, StringComparison.Ordinal);
        Assert.Equal("invalid_credentials", wrong.Error);
        Assert.Equal(id, (string?)(await bench.Cli.ExchangeAsync(done)).Claims()["sub"]);
        Assert.Equal(id, (string?)(await bench.Cli.ExchangeAsync(await bench.SignInAsync(email, name))).Claims()["sub"]);
    }

    [Fact]
    public async Task A_provider_speaks_for_its_organizations_addresses_only_and_its_refusal_is_told()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var foreign = await bench.SignInAsync($"{Guid.NewGuid():N}@elsewhere.example", "somebody");
        var attempt = await bench.LeaveAsync();
        var refusal = bench.Words(attempt) with { Status = "urn:oasis:names:tc:SAML:2.0:status:Responder" };

        var denied = await bench.PostAsync(attempt, SamlIdp.Encode(refusal.ResponseXml("")));

        Assert.Equal("broker_foreign_email", foreign.Error);
        Assert.Equal("broker_denied", denied.Error);
        Assert.Contains("Example Corp was broken off", WebUtility.HtmlDecode(denied.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_is_signed_and_asks_for_an_answer_by_post()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var attempt = await bench.LeaveAsync();
        XNamespace assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
        using var key = (await bench.CertificateAsync("signing")).GetRSAPublicKey()!;
        var (content, signature) = (attempt.Address.Query[1..].Split("&Signature=")[0], BrokerFacts.Query(attempt.Address, "Signature"));

        Assert.Equal((bench.Endpoint, SamlIdp.SignOnUrl), ((string?)attempt.Request.Attribute("AssertionConsumerServiceURL"), (string?)attempt.Request.Attribute("Destination")));
        Assert.Equal("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", (string?)attempt.Request.Attribute("ProtocolBinding"));
        Assert.Equal(server.Issuer, (string?)attempt.Request.Element(assertion + "Issuer"));
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(content), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(SamlIdp.SignOnUrl, attempt.Address.GetLeftPart(UriPartial.Path));
    }

    [Fact]
    public async Task The_request_goes_by_post_where_the_provider_wants_that()
    {
        using var bench = await SamlBench.StartAsync(server, idp, provider => provider["config"]!["postBindingAuthnRequest"] = "true");
        var login = await bench.Browser.OpenAsync(bench.Cli.AuthorizationUrl());
        var onward = await bench.Browser.SubmitAsync(login, ("username", bench.Email()), ("company", "yes"));
        var request = SamlIdp.Load(Encoding.UTF8.GetString(Convert.FromBase64String(Field(onward, "SAMLRequest"))));
        var signature = new SignedXml(request);
        signature.LoadXml((XmlElement)request.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!);

        Assert.Contains($"action=\"{SamlIdp.SignOnUrl}\"", onward.Html, StringComparison.Ordinal);
        Assert.True(signature.CheckSignature(await bench.CertificateAsync("signing"), verifySignatureOnly: true));
        Assert.Contains("form-action 'self' https: https://idp.example", onward.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var attempt = new SamlAttempt(new Uri(SamlIdp.SignOnUrl), XElement.Parse(request.OuterXml), Field(onward, "RelayState"));
        var answer = SamlIdp.Load((bench.Words(attempt) with { Email = bench.Email() }).ResponseXml());
        idp.Sign(SamlIdp.Assertion(answer));
        Assert.NotNull((await bench.PostAsync(attempt, SamlIdp.Encode(answer))).Answer("code"));
    }

    [Fact]
    public async Task The_provider_may_sign_both_with_a_curve_or_with_longer_digests()
    {
        using var bench = await SamlBench.StartAsync(server, idp, provider => provider["config"]!["wantAssertionsSigned"] = "true");
        async Task<Screen> SignInAsync(Action<XmlDocument> sign)
        {
            var attempt = await bench.LeaveAsync();
            var document = SamlIdp.Load((bench.Words(attempt) with { Email = bench.Email() }).ResponseXml());
            sign(document);
            return await bench.PostAsync(attempt, SamlIdp.Encode(document));
        }

        var both = await SignInAsync(document =>
        {
            idp.Sign(SamlIdp.Assertion(document), withKey: true);
            idp.Sign(document.DocumentElement!, withKey: true);
        });
        var curve = await SignInAsync(document => idp.SignWithCurve(SamlIdp.Assertion(document)));
        var longer = await SignInAsync(document =>
            idp.Sign(SamlIdp.Assertion(document), method: SignedXml.XmlDsigRSASHA512Url, digest: "http://www.w3.org/2001/04/xmlenc#sha512"));
        var responseOnly = await SignInAsync(document => idp.Sign(document.DocumentElement!));

        Assert.All([both, curve, longer], screen => Assert.NotNull(screen.Answer("code")));
        Assert.Equal("broker_unconfirmed", responseOnly.Error);
    }

    [Fact]
    public async Task The_metadata_has_both_keys_and_says_where_sign_ins_and_sign_outs_are_answered()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        using var http = new HttpClient();
        var metadata = XElement.Parse(await http.GetStringAsync(new Uri($"{bench.Endpoint}/descriptor"), TestContext.Current.CancellationToken));
        using var signing = await bench.CertificateAsync("signing");
        using var encryption = await bench.CertificateAsync("encryption");

        Assert.Equal(server.Issuer, (string?)metadata.Attribute("entityID"));
        Assert.NotEqual(signing.GetPublicKeyString(), encryption.GetPublicKeyString());
        Assert.Equal(["KeyDescriptor", "KeyDescriptor", "SingleLogoutService", "SingleLogoutService", "NameIDFormat", "AssertionConsumerService"],
            metadata.Elements().Single().Elements().Select(element => element.Name.LocalName));
        Assert.All(metadata.Descendants().Where(element => element.Name.LocalName.EndsWith("Service", StringComparison.Ordinal)), service => Assert.Equal(bench.Endpoint, (string?)service.Attribute("Location")));
        Assert.DoesNotContain("rsa-1_5", metadata.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_changes_its_key_without_anybody_being_shut_out()
    {
        using var bench = await SamlBench.StartAsync(server, idp, provider => provider["config"]!["signingCertificate"] = $"{SamlIdp.Certificate(idp.Key)},{SamlIdp.Certificate(idp.Stranger)}");
        async Task<string?> SignInAsync(RSA key)
        {
            var attempt = await bench.LeaveAsync();
            var document = SamlIdp.Load((bench.Words(attempt) with { Email = bench.Email() }).ResponseXml());
            idp.Sign(SamlIdp.Assertion(document), key);
            return (await bench.PostAsync(attempt, SamlIdp.Encode(document))).Error;
        }

        var (former, next) = (await SignInAsync(idp.Key), await SignInAsync(idp.Stranger));
        // The former one has run out; then it is taken away; then only one is left that has not begun.
        await bench.SetAsync(("signingCertificate", $"{SamlIdp.Certificate(idp.Key, -9, -1)},{SamlIdp.Certificate(idp.Stranger)}"));
        var (runOut, still) = (await SignInAsync(idp.Key), await SignInAsync(idp.Stranger));
        await bench.SetAsync(("signingCertificate", SamlIdp.Certificate(idp.Stranger)));
        var removed = await SignInAsync(idp.Key);
        await bench.SetAsync(("signingCertificate", SamlIdp.Certificate(idp.Stranger, 1, 9)));

        Assert.Equal((null, null, null), (former, next, still));
        Assert.Equal(("broker_unconfirmed", "broker_unconfirmed", "broker_unconfirmed"), (runOut, removed, await SignInAsync(idp.Stranger)));
    }

    [Theory]
    [InlineData("idpEntityId", "")]
    [InlineData("singleSignOnServiceUrl", "http://idp.example/sso")]
    [InlineData("singleSignOnServiceUrl", "https://10.0.0.1/sso")]
    [InlineData("singleSignOnServiceUrl", "javascript:alert(1)")]
    [InlineData("signingCertificate", "")]
    [InlineData("signingCertificate", "bm90IGEgY2VydGlmaWNhdGU=")]
    [InlineData("validateSignature", "false")]
    [InlineData("postBindingResponse", "false")]
    [InlineData("encryptionAlgorithm", "RSA1_5")]
    [InlineData("singleLogoutServiceUrl", "http://idp.example/slo")]
    [InlineData("singleLogoutServiceUrl", "https://10.0.0.1/slo")]
    [InlineData("signatureAlgorithm", "RSA_SHA1")]
    [InlineData("principalType", "ATTRIBUTE")]
    [InlineData("nameIDPolicyFormat", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient")]
    [InlineData("allowedClockSkew", "3600")]
    public async Task What_would_weaken_the_check_is_refused_when_it_is_configured(string setting, string value)
    {
        using var admin = new Provisioning(server.Url);
        var provider = SamlBench.Provider($"saml-{Guid.NewGuid():N}", idp);
        provider["config"]![setting] = value;

        Assert.Equal(HttpStatusCode.BadRequest, await admin.StatusAsync(HttpMethod.Post, "/identity-provider/instances", provider));
    }

    private static string Field(Screen screen, string name) => WebUtility.HtmlDecode(screen.Html.Split($"name=\"{name}\" value=\"")[1].Split('"')[0]);
}
