using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Web;
using System.Xml.Linq;
using Platform.Identity.Tests.Brokering;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>An administrator registers the company's SAML server, and somebody whom nobody has entered comes by it and works.</summary>
public sealed class CompanySignInFacts(RunningStack stack)
{
    private const string Callback = "http://127.0.0.1/callback";
    private const string Company = "/api/v1/tenants/current";

    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_comes_by_the_companys_own_server_and_has_the_role_that_was_chosen()
    {
        using var greg = await stack.HttpForGregAsync();
        using var idp = new SamlIdp();
        using var made = await greg.PostAsJsonAsync($"{Company}/identity-providers", new
        {
            displayName = "Globex SSO",
            saml = new
            {
                entityId = SamlIdp.Issuer,
                signOnUrl = SamlIdp.SignOnUrl,
                signOutUrl = SamlIdp.SignOutUrl,
                certificates = idp.Certificates.Split(','),
                wantEncryptedAssertions = true,
                allowSignInsBegunThere = true,
            },
        }, Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        var provider = await made.Content.ReadFromJsonAsync<JsonElement>(Token);
        (await greg.PatchAsJsonAsync($"{Company}?updateMask=newcomerRole", new { newcomerRole = "sales" }, Token)).EnsureSuccessStatusCode();

        using var newcomer = stack.HttpWith(await SignInAsync(provider, idp));
        var access = await newcomer.GetFromJsonAsync<JsonElement>($"{Company}/access", Token);
        using var deals = await newcomer.GetAsync(new Uri("/api/v1/deals", UriKind.Relative), Token);

        Assert.Equal("sales", Assert.Single(access.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal(HttpStatusCode.OK, deals.StatusCode);
        await ComeUnaskedAsync(provider, idp);
        (await greg.PatchAsJsonAsync($"{Company}?updateMask=newcomerRole", new { newcomerRole = "" }, Token)).EnsureSuccessStatusCode();

        using var admin = await stack.HttpForProvisioningAsync();
        var (id, there) = (provider.GetProperty("id").GetString(), new Uri($"identity-provider/instances/{provider.GetProperty("alias").GetString()}", UriKind.Relative));
        (await greg.PatchAsJsonAsync($"{Company}/identity-providers/{id}?updateMask=saml.signOutUrl", new { etag = provider.GetProperty("etag").GetString(), saml = new { signOutUrl = "" } }, Token)).EnsureSuccessStatusCode();
        var config = (await admin.GetFromJsonAsync<JsonElement>(there, Token)).GetProperty("config");
        Assert.False(config.TryGetProperty("singleLogoutServiceUrl", out _));
        Assert.Equal(("true", "true"), (config.GetProperty("wantAssertionsEncrypted").GetString(), config.GetProperty("platform.idpInitiated").GetString()));
        (await greg.DeleteAsync(new Uri($"{Company}/identity-providers/{id}", UriKind.Relative), Token)).EnsureSuccessStatusCode();
        using var gone = await admin.GetAsync(there, Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private async Task<string> SignInAsync(JsonElement provider, SamlIdp idp)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = stack.Identity };
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)));
        using var start = await browser.GetAsync(new Uri("/realms/platform/protocol/openid-connect/auth?response_type=code&scope=openid%20organization&client_id=platform-cli&state=s"
            + $"&redirect_uri={Uri.EscapeDataString(Callback)}&code_challenge={challenge}&code_challenge_method=S256&kc_idp_hint={provider.GetProperty("alias").GetString()}", UriKind.Relative), Token);
        var asked = HttpUtility.ParseQueryString(start.Headers.Location!.Query);
        using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(asked["SAMLRequest"]!)), CompressionMode.Decompress);
        var request = XElement.Load(inflate);

        var endpoint = provider.GetProperty("redirectUri").GetString()!;
        var words = new SamlWords(endpoint, (string)request.Attribute("ID")!, (string)request.Elements().First()) { Email = $"new-{Guid.NewGuid():N}@globex.example" };
        var answer = SamlIdp.Load(words.ResponseXml());
        idp.Sign(SamlIdp.Assertion(answer));
        using var certificate = await EncryptionAsync(browser, provider);
        new SamlCipher(certificate).Encrypt(SamlIdp.Assertion(answer));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["SAMLResponse"] = SamlIdp.Encode(answer), ["RelayState"] = asked["RelayState"]! });
        using var back = await browser.PostAsync(new Uri(endpoint), form, Token);
        Assert.True(back.StatusCode == HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync(Token));
        using var resumed = await browser.GetAsync(new Uri(stack.Identity, back.Headers.Location!), Token);
        return await RedeemAsync(browser, HttpUtility.ParseQueryString(resumed.Headers.Location!.Query)["code"]!);
    }

    /// <summary>A person presses the button on the company's own page, says yes to the question, and works in the web application.</summary>
    private async Task ComeUnaskedAsync(JsonElement provider, SamlIdp idp)
    {
        using var browser = WebBrowser.Open(stack.Gateway);
        using var server = new HttpClient();
        var endpoint = provider.GetProperty("begunThereUri").GetString()!;
        // Within the skew of thirty seconds a moment ahead: what could be from before the identity server began is refused, and this may be soon after.
        var words = new SamlWords(endpoint, "", new Uri(stack.Identity, "/realms/platform").ToString())
        {
            InResponseTo = null,
            ConfirmedRequest = null,
            IssuedIn = 25,
            Email = $"new-{Guid.NewGuid():N}@globex.example",
        };
        var answer = SamlIdp.Load(words.ResponseXml());
        idp.Sign(SamlIdp.Assertion(answer));
        using var certificate = await EncryptionAsync(server, provider);
        new SamlCipher(certificate).Encrypt(SamlIdp.Assertion(answer));
        await browser.ComeAsync(endpoint, "kc-unasked-form", ("SAMLResponse", SamlIdp.Encode(answer)));
        Assert.Equal(words.Email, (await browser.GetAsync("/bff/user")).GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/deals"));
    }

    // The certificate that the company's administrator finds in the metadata.
    private static async Task<X509Certificate2> EncryptionAsync(HttpClient http, JsonElement provider)
    {
        var metadata = XElement.Parse(await http.GetStringAsync(new Uri(provider.GetProperty("metadataUri").GetString()!), Token));
        var key = metadata.Descendants().Single(element => element.Name.LocalName == "KeyDescriptor" && (string?)element.Attribute("use") == "encryption");
        return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(key.Value.Trim()));
    }

    private async Task<string> RedeemAsync(HttpClient browser, string code)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "platform-cli",
            ["code"] = code,
            ["redirect_uri"] = Callback,
            ["code_verifier"] = _verifier,
        });
        using var response = await browser.PostAsync(new Uri("/realms/platform/protocol/openid-connect/token", UriKind.Relative), form, Token);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("access_token").GetString()!;
    }
}
