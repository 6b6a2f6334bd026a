using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tenancy;
using Platform.Tenants;
using Platform.Tenants.SignIns;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests.SignIns;

/// <summary>The journal of sign-ins, as it comes from the identity server.</summary>
public sealed class SignInFacts(SignInsFixture tenants) : IClassFixture<SignInsFixture>
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_in_and_a_failure_stand_in_the_journal()
    {
        var company = await tenants.CompanyAsync();
        var user = await company.AddAsync("viewer");
        tenants.Journal.Add(Happening.Failure(user, "invalid_user_credentials"));
        tenants.Journal.Add(Happening.Login(user, ("credential_type", "otp"), ("user_agent", Firefox)) with { Address = "203.0.113.9" });
        var seen = await tenants.UntilAsync(company, list => list.Count == 2);
        var (login, failure) = (seen.Single(entry => entry.Outcome == SignInOutcome.Succeeded), seen.Single(entry => entry.Outcome == SignInOutcome.Failed));
        Assert.Equal((user.ToString(), SignInMethod.Totp, "platform-web", "203.0.113.9", "Firefox on Windows", ""), (login.UserId, login.Method, login.ClientId, login.Address, login.Device, login.Error));
        Assert.Equal((SignInMethod.Password, "invalid_user_credentials"), (failure.Method, failure.Error));
        Assert.All(seen, entry => Assert.InRange(entry.Time.ToDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow()));
    }

    [Theory]
    [InlineData("identity_provider", "acme-okta", SignInMethod.Broker)]
    [InlineData("public_key_credential_id", "abc", SignInMethod.Passkey)]
    [InlineData("credential_type", "webauthn-passwordless", SignInMethod.Passkey)]
    [InlineData("credential_type", "password", SignInMethod.Password)]
    [InlineData("auth_method", "openid-connect", SignInMethod.Unspecified)]
    public async Task How_somebody_signed_in_is_told_in_keycloaks_words(string detail, string value, SignInMethod method)
    {
        var company = await tenants.CompanyAsync();
        tenants.Journal.Add(Happening.Login(company.AdministratorId, (detail, value)));
        var entry = Assert.Single(await tenants.UntilAsync(company, list => list.Count == 1));
        Assert.Equal((method, method == SignInMethod.Broker ? value : ""), (entry.Method, entry.Broker));
    }

    [Fact]
    public async Task Everybody_reads_their_own_and_administrators_those_of_all()
    {
        var (company, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var user = await company.AddAsync("viewer");
        tenants.Journal.Add(Happening.Login(user));
        tenants.Journal.Add(Happening.Login(company.AdministratorId));
        await tenants.UntilAsync(company, list => list.Count == 2);
        using var rest = tenants.Rest(TestTokens.ForPerson(company.Tenant, user));
        var own = await rest.GetFromJsonAsync<JsonElement>("/api/v1/tenants/me/sign-ins", Token);
        Assert.Equal(user, Assert.Single(own.GetProperty("signIns").EnumerateArray()).GetProperty("userId").GetGuid());
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.SignInsAs(company.Tenant, user).ListSignInsAsync(new ListSignInsRequest(), cancellationToken: Token));
        Assert.Empty((await tenants.SignInsAs(other.Tenant, other.AdministratorId).ListSignInsAsync(new ListSignInsRequest(), cancellationToken: Token)).SignIns);
        // The person in a token of another company.
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.SignInsAs(other.Tenant, user).ListOwnSignInsAsync(new ListOwnSignInsRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_in_no_companys_journal_but_in_the_operators()
    {
        var failure = Happening.Failure(null, "user_not_found") with { Address = $"10.77.{Random.Shared.Next(255)}.{Random.Shared.Next(255)}" };
        tenants.Journal.Add(failure);
        var operators = new Platform.Tenants.V1.SignInsService.SignInsServiceClient(tenants.Grpc(TestTokens.ForService("tenants.admin"), (Caller.TenantHeader, SignInsFixture.Installation.ToString())));
        var filter = new ListSignInsRequest { Filter = $"address = \"{failure.Address}\"" };
        await Eventually.HoldsAsync(async () => (await operators.ListSignInsAsync(filter, cancellationToken: Token)).SignIns.Count == 1);
        Assert.Equal(1L, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM sign_ins WHERE address = '{failure.Address}'"));
        Assert.Empty((await tenants.SignInsAs(TestTenants.Acme, DemoPeople.Alice).ListSignInsAsync(filter, cancellationToken: Token)).SignIns);
    }

    [Fact]
    public async Task What_is_written_late_or_while_the_server_is_away_is_taken_once()
    {
        var company = await tenants.CompanyAsync();
        tenants.Journal.Add(Happening.Login(company.AdministratorId));
        await tenants.UntilAsync(company, list => list.Count == 1);
        tenants.Journal.Down = true;
        tenants.Journal.Add(Happening.Login(company.AdministratorId));
        tenants.Journal.Down = false;
        await tenants.UntilAsync(company, list => list.Count == 2);
        tenants.Journal.Add(Happening.Login(company.AdministratorId) with { Time = TimeProvider.System.GetUtcNow().AddSeconds(-30).ToUnixTimeMilliseconds() });
        await tenants.UntilAsync(company, list => list.Count == 3);
        await tenants.ReadAgainAsync();
        Assert.Equal(3, (await tenants.UntilAsync(company, _ => true)).Count);
    }

    [Fact]
    public async Task A_companys_database_that_is_away_holds_up_no_other_and_its_sign_ins_are_taken_when_it_is_back()
    {
        var (lost, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var both = await lost.AddAsync("viewer");
        await other.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = both.ToString(), Roles = { "viewer" } } }, cancellationToken: Token);
        // Nobody is let into that one.
        await tenants.Database.ExecuteAsync($"INSERT INTO platform.placements (tenant_id, database_name) VALUES ('{lost.Tenant}', 'template0')");
        // Who works there is in that database, but for one whom the moment still finds.
        await tenants.Database.ExecuteAsync($"DELETE FROM member_keys WHERE tenant_id = '{lost.Tenant}' AND user_id = '{lost.AdministratorId}'");
        try
        {
            tenants.Journal.Add(Happening.Login(lost.AdministratorId));
            tenants.Journal.Add(Happening.Login(both));
            tenants.Journal.Add(Happening.Login(other.AdministratorId));
            await tenants.UntilAsync(other, list => list.Count == 2);
            tenants.Journal.Add(Happening.Login(other.AdministratorId));
            await tenants.UntilAsync(other, list => list.Count == 3);
            await tenants.Services.GetRequiredService<SignInCleaner>().CleanAsync(Token);
        }
        finally
        {
            await tenants.Database.ExecuteAsync($"INSERT INTO member_keys (tenant_id, user_id) VALUES ('{lost.Tenant}', '{lost.AdministratorId}')");
            await tenants.Database.ExecuteAsync($"DELETE FROM platform.placements WHERE tenant_id = '{lost.Tenant}'");
        }

        // A process goes on believing in a database that it knew: the one that finds them is another one, which knows the cursor alone.
        await tenants.RestartAsync();
        await tenants.UntilAsync(lost, list => list.Count == 2);
        await tenants.ReadAgainAsync();
        // Never in the journal of the operators, and nowhere twice.
        Assert.Equal(5L, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM sign_ins WHERE user_id IN ('{lost.AdministratorId}', '{both}', '{other.AdministratorId}')"));
    }

    [Fact]
    public async Task Filters_and_pages_work_as_in_every_list()
    {
        var company = await tenants.CompanyAsync();
        for (var i = 0; i < 5; i++)
            tenants.Journal.Add(i % 2 == 0 ? Happening.Failure(company.AdministratorId, "invalid_user_credentials") : Happening.Login(company.AdministratorId));
        var all = await tenants.UntilAsync(company, list => list.Count == 5);
        Assert.Equal(all.Select(entry => entry.Time).OrderDescending(), all.Select(entry => entry.Time));
        var client = tenants.SignInsAs(company.Tenant, company.AdministratorId);
        var request = new ListSignInsRequest { PageSize = 2, Filter = "outcome = SIGN_IN_OUTCOME_FAILED" };
        var first = await client.ListSignInsAsync(request, cancellationToken: Token);
        request.PageToken = first.NextPageToken;
        var second = await client.ListSignInsAsync(request, cancellationToken: Token);
        Assert.Equal((2, 1, "", 3), (first.SignIns.Count, second.SignIns.Count, second.NextPageToken, first.SignIns.Concat(second.SignIns).Select(entry => entry.Id).Distinct().Count()));
        await Fails.With(StatusCode.InvalidArgument, "INVALID_FILTER", client.ListSignInsAsync(new ListSignInsRequest { Filter = "password = 1" }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_too_old_is_deleted()
    {
        var company = await tenants.CompanyAsync();
        tenants.Journal.Add(Happening.Login(company.AdministratorId));
        await tenants.UntilAsync(company, list => list.Count == 1);
        await using (var scope = tenants.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(company.Tenant, "test");
            var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
            var old = new IdentityEvent { Id = "old", Time = TimeProvider.System.GetUtcNow().AddDays(-181).ToUnixTimeMilliseconds(), Type = "LOGIN" };
            db.SignIns.Add(Platform.Tenants.SignIns.SignIn.Of(old, ""));
            await db.SaveChangesAsync(Token);
        }

        await tenants.UntilAsync(company, list => list.Count == 2);
        await tenants.Services.GetRequiredService<SignInCleaner>().CleanAsync(Token);
        Assert.Single(await tenants.UntilAsync(company, _ => true));
    }
}
