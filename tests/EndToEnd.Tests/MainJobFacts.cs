using System.Net;
using System.Text.Json;
using Platform.Demo;
using Platform.Deals.V1;
using Xunit;

namespace EndToEnd.Tests;

public sealed class MainJobFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_plays_the_main_job_from_a_lead_to_an_invoiced_deal()
    {
        var (code, output) = await stack.RunAsync("demo");
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_deal_that_is_won_many_times_at_once_is_invoiced_once()
    {
        using var sam = await stack.SamAsync();
        var customer = await Customer.WithDealAsync(sam);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => customer.WinAsync()));
        await customer.EndedAsync(TimeSpan.FromSeconds(60));
        Assert.Single(await customer.InvoicesAsync());
        Assert.Equal(1, await stack.MailsToAsync(customer.Email));
    }

    [Theory]
    [InlineData("GET", "/api/v1/unknown", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/deals/01234567-0000-7000-8000-000000000000", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/deals/none", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/deals?pageToken=x", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/deals?colour=red", null, HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/deals", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/deals", """{"name":"A","colour":"red"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/deals", """{"name":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/contacts/people", """{"email":"x"}""", HttpStatusCode.BadRequest)]
    public async Task Bad_input_at_the_door_is_a_typed_problem(string method, string path, string? body, HttpStatusCode expected)
    {
        using var http = await stack.HttpForSamAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await IsProblemAsync(await http.SendAsync(request, Token), expected);
    }

    [Fact]
    public async Task An_oversize_body_is_refused()
    {
        using var http = await stack.HttpForSamAsync();
        // The door refuses by the length, before the body is sent.
        http.DefaultRequestHeaders.ExpectContinue = true;
        using var content = new StringContent($$"""{"name":"{{new string('x', 5_000_000)}}"}""", System.Text.Encoding.UTF8, "application/json");
        await IsProblemAsync(await http.PostAsync(new Uri("/api/v1/deals", UriKind.Relative), content, Token), HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not.a.token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4IiwiYXVkIjoicGxhdGZvcm0tYXBpIn0.")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        using var http = new HttpClient { BaseAddress = stack.Gateway };
        if (token.Length > 0)
            http.DefaultRequestHeaders.Add("authorization", $"Bearer {token}");
        await IsProblemAsync(await http.GetAsync(new Uri("/api/v1/deals", UriKind.Relative), Token), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        using var sam = await stack.SamAsync();
        var customer = await Customer.WithDealAsync(sam);
        using var gina = new Api(stack.Gateway, await SignIn.GetTokenAsync(stack.Identity, "gina@globex.example", "demo", Token), Token);
        Assert.Equal(HttpStatusCode.NotFound, await gina.StatusAsync($"/api/v1/deals/{customer.Deal.Id}"));
        Assert.DoesNotContain((await gina.GetAsync<ListDealsResponse>("/api/v1/deals?pageSize=200")).Deals, deal => deal.Id == customer.Deal.Id);
    }

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!);
        }
    }
}
