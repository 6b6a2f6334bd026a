using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.IdentityModel.Tokens;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests.SignIns;

/// <summary>Which sign-ins people are told of.</summary>
public sealed class NewDeviceFacts(SignInsFixture tenants) : IClassFixture<SignInsFixture>
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private const string Safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_device_is_nothing_new_and_a_second_one_is_told_of_once()
    {
        var company = await tenants.CompanyAsync();
        var user = await company.AddAsync("viewer");
        await SignInAsync(company, user, 1, Firefox, "198.51.100.7");
        await SignInAsync(company, user, 2, Firefox, "198.51.100.99");
        Assert.Equal(0L, await tenants.NoticesAsync(user));
        await SignInAsync(company, user, 3, Safari, "198.51.100.7");
        await SignInAsync(company, user, 4, Safari, "198.51.100.8");
        Assert.Equal(1L, await tenants.NoticesAsync(user));
        var seen = await tenants.UntilAsync(company, _ => true);
        Assert.Equal("Safari on iPhone", Assert.Single(seen, entry => entry.NewDevice).Device);
        // Another network, and then one of another person from the same browser.
        await SignInAsync(company, user, 5, Safari, "203.0.113.50");
        await SignInAsync(company, company.AdministratorId, 6, Safari, "203.0.113.50");
        Assert.Equal((2L, 0L), (await tenants.NoticesAsync(user), await tenants.NoticesAsync(company.AdministratorId)));
    }

    [Fact]
    public async Task A_browser_is_known_again_by_its_cookie_wherever_it_is()
    {
        var company = await tenants.CompanyAsync();
        var user = await company.AddAsync("viewer");
        var (laptop, phone) = (Key(), Key());
        await SignInWithCookieAsync(company, user, 1, Firefox, "198.51.100.7", laptop);
        await SignInWithCookieAsync(company, user, 2, Firefox.Replace("128", "140", StringComparison.Ordinal), "203.0.113.9", laptop);
        Assert.Equal(0L, await tenants.NoticesAsync(user));
        // The same kind of browser at the same place is another device all the same.
        await SignInWithCookieAsync(company, user, 3, Firefox, "198.51.100.7", phone);
        Assert.Equal(1L, await tenants.NoticesAsync(user));
        Assert.All(await tenants.UntilAsync(company, _ => true), entry => Assert.Equal("Firefox on Windows", entry.Device));
    }

    [Fact]
    public async Task Nobody_speaks_for_the_browser_of_another()
    {
        var company = await tenants.CompanyAsync();
        var (user, thief) = (await company.AddAsync("viewer"), await company.AddAsync("viewer"));
        var login = Happening.Login(user, ("user_agent", Firefox));
        await tenants.DescribeAsync(company.Tenant, thief, login.Session, Safari, Key());
        tenants.Journal.Add(login);
        Assert.Equal("Firefox on Windows", Assert.Single(await tenants.UntilAsync(company, list => list.Count == 1)).Device);
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", tenants.SignInsAs(company.Tenant, user).DescribeDeviceAsync(
            new DescribeDeviceRequest { UserAgent = new string('a', 1001) }, cancellationToken: Token));
    }

    [Fact]
    public async Task Who_works_for_two_companies_is_told_in_one_and_stands_in_both_journals()
    {
        var (here, there) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var user = await here.AddAsync("viewer");
        await there.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = user.ToString(), Roles = { "viewer" } } }, cancellationToken: Token);
        await SignInWithCookieAsync(there, user, 1, Firefox, "198.51.100.7", Key());
        await SignInWithCookieAsync(there, user, 2, Safari, "198.51.100.7", Key());
        Assert.Equal(2, (await tenants.UntilAsync(here, list => list.Count == 2)).Count);
        Assert.Equal(there.Tenant, await tenants.Database.QueryAsync<Guid>($"SELECT tenant_id FROM outbox_messages WHERE type LIKE '%SignedInFromNewDevice' AND aggregate_id = '{user}'"));
    }

    [Fact]
    public async Task Two_processes_that_read_at_once_tell_of_each_device_once()
    {
        await using var replica = tenants.StartReplica();
        var company = await tenants.CompanyAsync();
        var user = await company.AddAsync("viewer");
        for (var i = 0; i < 60; i++)
            tenants.Journal.Add(Happening.Login(user, ("user_agent", Firefox)) with { Address = $"10.0.{i % 10}.1" });
        await tenants.UntilAsync(company, list => list.Count == 60);
        await tenants.ReadAgainAsync();
        Assert.Equal((60L, 9L), (await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM sign_ins WHERE tenant_id = '{company.Tenant}'"), await tenants.NoticesAsync(user)));
    }

    private static string Key() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private async Task SignInAsync(Company company, Guid user, int count, string agent, string address)
    {
        tenants.Journal.Add(Happening.Login(user, ("user_agent", agent)) with { Address = address });
        await tenants.UntilAsync(company, list => list.Count == count);
    }

    private async Task SignInWithCookieAsync(Company company, Guid user, int count, string agent, string address, string key)
    {
        var login = Happening.Login(user) with { Address = address };
        await tenants.DescribeAsync(company.Tenant, user, login.Session, agent, key);
        tenants.Journal.Add(login);
        await tenants.UntilAsync(company, list => list.Count == count);
    }
}
