using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Platform.Identity.Tests.Harness;

namespace Platform.Identity.Tests.Brokering;

/// <summary>A new organization with its own identity server, and a browser that knows both servers.</summary>
internal sealed class BrokerBench : IDisposable
{
    private readonly CustomerServer _servers;

    private BrokerBench(CustomerServer servers)
    {
        _servers = servers;
        Admin = new Provisioning(servers.Platform.Url);
        CustomerAdmin = new Provisioning(servers.Customer.Url);
        Cli = Application.Cli(servers.Platform);
        Browser = new Browser(servers.Platform.Url);
        Theirs = new Browser(servers.Customer.Url);
    }

    public Provisioning Admin { get; }

    public Provisioning CustomerAdmin { get; }

    public Application Cli { get; }

    /// <summary>At the platform's server.</summary>
    public Browser Browser { get; }

    /// <summary>The same person's browser at the customer's server, where cookies are another server's.</summary>
    public Browser Theirs { get; }

    public string Alias { get; } = $"idp-{Guid.NewGuid():N}";

    public string Domain { get; } = $"d{Guid.NewGuid():N}.example";

    public string Organization { get; private set; } = "";

    public static async Task<BrokerBench> StartAsync(CustomerServer servers, Action<JsonObject>? change = null)
    {
        var bench = new BrokerBench(servers);
        bench.Organization = await bench.Admin.CreateAsync("/organizations", new JsonObject
        {
            ["name"] = bench.Alias,
            ["alias"] = bench.Alias,
            ["domains"] = new JsonArray(new JsonObject { ["name"] = bench.Domain, ["verified"] = true }),
        });
        var provider = bench.Provider();
        change?.Invoke(provider);
        await bench.Admin.CreateAsync("/identity-provider/instances", provider);
        (await bench.Admin.SendAsync(HttpMethod.Post, $"/organizations/{bench.Organization}/identity-providers", bench.Alias)).EnsureSuccessStatusCode();
        return bench;
    }

    public JsonObject Provider() => new()
    {
        ["alias"] = Alias,
        ["displayName"] = "Example Corp",
        ["providerId"] = "oidc",
        ["trustEmail"] = true,
        ["config"] = new JsonObject
        {
            ["clientId"] = CustomerServer.ClientId,
            ["clientSecret"] = CustomerServer.Secret,
            ["issuer"] = _servers.Customer.Issuer,
            ["authorizationUrl"] = $"{_servers.Customer.Issuer}/protocol/openid-connect/auth",
            ["tokenUrl"] = $"{_servers.Customer.Issuer}/protocol/openid-connect/token",
            ["jwksUrl"] = $"{_servers.Customer.Issuer}/protocol/openid-connect/certs",
            ["kc.org.broker.redirect.mode.email-matches"] = "true",
        },
    };

    /// <summary>Somebody whom the customer's server knows.</summary>
    public async Task<string> PersonThereAsync(string? email = null, bool verified = true)
    {
        var address = email ?? $"p{Guid.NewGuid():N}@{Domain}";
        await CustomerAdmin.CreateAsync("/users", new JsonObject
        {
            ["username"] = address,
            ["email"] = address,
            ["emailVerified"] = verified,
            ["enabled"] = true,
            ["firstName"] = "Chris",
            ["lastName"] = "Customer",
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = Person.FirstPassword, ["temporary"] = false }),
        });
        return address;
    }

    /// <summary>The address at the customer's server to which the platform sends the browser for the hint.</summary>
    public async Task<Uri> LeaveAsync() => (await Browser.OpenAsync(Cli.AuthorizationUrl(("kc_idp_hint", Alias)))).LeftFor
        ?? throw new InvalidOperationException("The browser was not sent on.");

    /// <summary>Signs in at the customer's server; where it sends the browser back to.</summary>
    public async Task<Uri> SignInThereAsync(Uri address, string email)
    {
        var screen = await Theirs.OpenAsync(address.ToString());
        if (screen.LeftFor is null) screen = await Theirs.SignInAsync(screen, email, Person.FirstPassword);
        return screen.LeftFor ?? throw new InvalidOperationException($"The customer's server kept the browser: {screen.Html}");
    }

    /// <summary>All the way: there, and back to the platform's answer.</summary>
    public async Task<Screen> SignInAsync(string email) => await Browser.OpenAsync((await SignInThereAsync(await LeaveAsync(), email)).ToString());

    /// <summary>Whether a browser at the customer's server that is sent there again has to say who it is.</summary>
    public async Task<bool> IsAskedThereAsync(Browser? here = null, Browser? there = null)
    {
        var leave = await (here ?? Browser).OpenAsync(Cli.AuthorizationUrl(("kc_idp_hint", Alias), ("prompt", "login")));
        return (await (there ?? Theirs).OpenAsync(leave.LeftFor!.ToString())).LeftFor is null;
    }

    /// <summary>Whether the browser has no session at the platform's server.</summary>
    public async Task<bool> IsOutAsync(Browser? browser = null) =>
        (await (browser ?? Browser).OpenAsync(Cli.AuthorizationUrl(("prompt", "none")))).Answer("error") == "login_required";

    public static Uri With(Uri address, string name, string? value)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        if (value is null) query.Remove(name);
        else query[name] = value;
        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }

    public async Task<HttpStatusCode> ChangeAsync(Action<JsonObject> change)
    {
        var provider = Provider();
        change(provider);
        return await Admin.StatusAsync(HttpMethod.Put, $"/identity-provider/instances/{Alias}", provider);
    }

    public void Dispose()
    {
        Admin.Dispose();
        CustomerAdmin.Dispose();
        Cli.Dispose();
        Browser.Dispose();
        Theirs.Dispose();
    }
}
