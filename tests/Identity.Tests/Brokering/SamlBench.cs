using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Web;
using System.Xml.Linq;
using Platform.Identity.Tests.Harness;

namespace Platform.Identity.Tests.Brokering;

/// <summary>A new organization with a SAML provider, and a person's browser.</summary>
internal sealed class SamlBench : IDisposable
{
    private readonly SharedProvider _servers;

    private SamlBench(SharedProvider servers, SamlIdp idp)
    {
        (_servers, Idp) = (servers, idp);
        Admin = new Provisioning(servers.Url);
        Cli = Application.Cli(servers.Issuer);
        Browser = new Browser(servers.Url);
    }

    public SamlIdp Idp { get; }

    public Provisioning Admin { get; }

    public Application Cli { get; }

    public Browser Browser { get; }

    public string Alias { get; } = $"saml-{Guid.NewGuid():N}";

    public string Domain { get; } = $"d{Guid.NewGuid():N}.example";

    public string Organization { get; private set; } = "";

    public string Endpoint => $"{_servers.Issuer}/broker/{Alias}/endpoint";

    public string Email() => $"p{Guid.NewGuid():N}@{Domain}";

    public static async Task<SamlBench> StartAsync(SharedProvider servers, SamlIdp idp, Action<JsonObject>? change = null)
    {
        var bench = new SamlBench(servers, idp);
        bench.Organization = await bench.Admin.CreateAsync("/organizations", new JsonObject
        {
            ["name"] = bench.Alias,
            ["alias"] = bench.Alias,
            ["domains"] = new JsonArray(new JsonObject { ["name"] = bench.Domain, ["verified"] = true }),
        });
        var provider = Provider(bench.Alias, idp);
        change?.Invoke(provider);
        await bench.Admin.CreateAsync("/identity-provider/instances", provider);
        (await bench.Admin.SendAsync(HttpMethod.Post, $"/organizations/{bench.Organization}/identity-providers", bench.Alias)).EnsureSuccessStatusCode();
        return bench;
    }

    public static JsonObject Provider(string alias, SamlIdp idp) => new()
    {
        ["alias"] = alias,
        ["displayName"] = "Example Corp",
        ["providerId"] = "saml",
        ["trustEmail"] = true,
        ["config"] = new JsonObject
        {
            ["idpEntityId"] = SamlIdp.Issuer,
            ["singleSignOnServiceUrl"] = SamlIdp.SignOnUrl,
            ["signingCertificate"] = idp.Certificates,
            ["validateSignature"] = "true",
            ["postBindingResponse"] = "true",
            ["wantAuthnRequestsSigned"] = "true",
            ["kc.org.broker.redirect.mode.email-matches"] = "true",
        },
    };

    /// <summary>Changes settings of the provider.</summary>
    public async Task SetAsync(params (string Name, string Value)[] settings)
    {
        var provider = await Admin.GetAsync($"/identity-provider/instances/{Alias}");
        foreach (var (name, value) in settings) provider["config"]![name] = value;
        (await Admin.SendAsync(HttpMethod.Put, $"/identity-provider/instances/{Alias}", provider)).EnsureSuccessStatusCode();
    }

    /// <summary>The platform's certificate for that use, from the metadata.</summary>
    public async Task<X509Certificate2> CertificateAsync(string use)
    {
        using var http = new HttpClient();
        var metadata = XElement.Parse(await http.GetStringAsync(new Uri($"{Endpoint}/descriptor")));
        return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(metadata.Descendants().Single(element => (string?)element.Attribute("use") == use).Value));
    }

    /// <summary>What the journal says of the provider, the newest first.</summary>
    public async Task<IReadOnlyList<(string Type, string? Error, string? Reason)>> JournalAsync() =>
    [
        .. (await Admin.GetAsync("/events?max=1000&type=IDENTITY_PROVIDER_LOGIN_ERROR&type=LOGOUT_ERROR")).AsArray().Where(entry => (string?)entry!["details"]!["identity_provider"] == Alias)
            .Select(entry => ((string)entry!["type"]!, (string?)entry["error"], (string?)entry["details"]!["reason"])),
    ];

    /// <summary>Where the platform sends the browser for the hint.</summary>
    public async Task<SamlAttempt> LeaveAsync(Browser? browser = null) => Read((await (browser ?? Browser).OpenAsync(Cli.AuthorizationUrl(("kc_idp_hint", Alias), ("prompt", "login")))).LeftFor!);

    public SamlWords Words(SamlAttempt attempt) => new(Endpoint, attempt.Id, _servers.Issuer);

    public Task<Screen> PostAsync(SamlAttempt attempt, string response, Browser? browser = null) =>
        (browser ?? Browser).PostAsync(Endpoint, ("SAMLResponse", response), ("RelayState", attempt.RelayState));

    /// <summary>All the way: there, and back to the platform's answer.</summary>
    public async Task<Screen> SignInAsync(string email, string nameId, bool signsResponse = false, string? attributes = null)
    {
        var attempt = await LeaveAsync();
        var document = SamlIdp.Load((Words(attempt) with { Email = email, NameId = nameId, Attributes = attributes }).ResponseXml());
        Idp.Sign(signsResponse ? document.DocumentElement! : SamlIdp.Assertion(document));
        return await PostAsync(attempt, SamlIdp.Encode(document));
    }

    public static SamlAttempt Read(Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        return new(address, Inflate(query["SAMLRequest"]!), query["RelayState"]!);
    }

    public static XElement Inflate(string encoded)
    {
        using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(encoded)), CompressionMode.Decompress);
        return XElement.Load(inflate);
    }

    public void Dispose()
    {
        Admin.Dispose();
        Cli.Dispose();
        Browser.Dispose();
    }
}

/// <summary>A sign-in that the platform has begun.</summary>
internal sealed record SamlAttempt(Uri Address, XElement Request, string RelayState)
{
    public string Id => (string)Request.Attribute("ID")!;
}
