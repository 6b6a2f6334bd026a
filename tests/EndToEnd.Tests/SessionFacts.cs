using System.Net;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Signing in with a browser, through the real identity server, and what becomes of the session.</summary>
public sealed class SessionFacts(RunningStack stack)
{
    private const string Alice = "alice@acme.example";
    private const string Tenant = "/api/v1/tenants/current";

    // Another replica may go by what it read for so long, and some more for a slow machine.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_person_signs_in_works_and_signs_out()
    {
        using var browser = WebBrowser.Open(stack.Gateway);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Tenant));
        var (address, page) = await browser.VisitAsync("/bff/login", Alice);
        Assert.Equal(stack.Gateway, address);
        Assert.Contains("<b>Alice Anders</b> · Acme", page, StringComparison.Ordinal);
        Assert.Equal("Acme", (await browser.GetAsync(Tenant)).GetProperty("displayName").GetString());
        using var created = await browser.ChangeAsync(HttpMethod.Post, "/api/v1/contacts/companies", new { name = $"By cookie {Guid.NewGuid():N}" });
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);

        var (_, after) = await browser.PressAsync("/", "/sign-out");
        Assert.DoesNotContain("Alice Anders", after, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Tenant));
        // The single sign-on is over as well: the next sign-in asks for the password.
        Assert.Contains("type=\"password\"", (await browser.VisitAsync("/bff/login")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_gateways_share_sessions_and_renew_them_without_getting_in_each_others_way()
    {
        using var here = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        // Every request finds its token too old: all of them renew, and a refresh token that is used twice would end it all.
        await using var second = await SecondGateway.StartAsync(stack, ("Sessions__RenewBefore", "00:10:00"), ("Sessions__CacheFor", "00:00:00"));
        await using var third = await SecondGateway.StartAsync(stack, ("Sessions__RenewBefore", "00:10:00"), ("Sessions__CacheFor", "00:00:00"));
        WebBrowser[] browsers = [here, here.At(second.Address), here.At(third.Address)];
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => browsers[i % 3].StatusAsync(Tenant)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        }

        using var logout = await browsers[1].ChangeAsync(HttpMethod.Post, "/bff/logout");
        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await browsers[2].StatusAsync(Tenant));
        await Eventually.HoldsAsync(async () => await here.StatusAsync(Tenant) == HttpStatusCode.Unauthorized, Soon);
    }

    [Fact]
    public async Task A_lost_browser_is_signed_out_from_another_one()
    {
        using var lost = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        using var here = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        var id = (await lost.GetAsync("/bff/user")).GetProperty("session").GetProperty("id").GetString();
        Assert.Contains((await here.GetAsync("/bff/sessions")).GetProperty("sessions").EnumerateArray(), session => session.GetProperty("id").GetString() == id);
        using var response = await here.ChangeAsync(HttpMethod.Delete, $"/bff/sessions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await lost.StatusAsync(Tenant), await here.StatusAsync(Tenant)));
        Assert.Contains("type=\"password\"", (await lost.VisitAsync("/bff/login")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signs_out_at_the_identity_server_is_signed_out_here()
    {
        using var browser = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        using var other = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        await browser.PressAsync(new Uri(stack.Identity, "/realms/platform/protocol/openid-connect/logout").ToString(), "/logout");
        await Eventually.HoldsAsync(async () => await browser.StatusAsync(Tenant) == HttpStatusCode.Unauthorized, Soon);
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(Tenant));
        Assert.DoesNotContain("Alice Anders", (await browser.VisitAsync("/")).Page, StringComparison.Ordinal);
    }
}
