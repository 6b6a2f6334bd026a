using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>Who is counted as whom.</summary>
public sealed class LimitFacts(LimitFacts.Stingy gateway) : IClassFixture<LimitFacts.Stingy>
{
    private const int Burst = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_are_counted_one_by_one_and_made_up_ones_by_their_address()
    {
        using var greedy = await gateway.SignedInAsync(FakePerson.Alice);
        using var modest = await gateway.SignedInAsync(FakePerson.Alice);
        Assert.Contains(HttpStatusCode.TooManyRequests, await StatusesAsync(() => greedy.CallAsync()));
        Assert.Equal(HttpStatusCode.OK, await modest.CallAsync());

        // The person's own programs are another client.
        using var program = gateway.Client(TestTokens.Create(FakePerson.Alice.Claims(""), gateway.Identity.Issuer));
        using var response = await program.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        using var inventor = gateway.Browser();
        Assert.Contains(HttpStatusCode.TooManyRequests, await StatusesAsync(() =>
        {
            inventor.Cookies[inventor.SessionCookieName] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            return inventor.CallAsync();
        }));
        // The way back from the identity server is counted too.
        using var callback = await gateway.Browser().GetAsync("/bff/callback?code=x&state=y");
        Assert.Equal(HttpStatusCode.TooManyRequests, callback.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await modest.CallAsync());
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> StatusesAsync(Func<Task<HttpStatusCode>> call)
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= Burst; i++)
            statuses.Add(await call());
        return statuses;
    }

    public sealed class Stingy : SessionFixture
    {
        protected override Dictionary<string, string?> Settings =>
            new(base.Settings) { ["RateLimit:Burst"] = $"{Burst}", ["RateLimit:PermitsPerSecond"] = "0.1" };
    }
}
