using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Platform.Automation.V1;
using Xunit;

namespace Gateway.Tests;

/// <summary>The pages by which a company signs up.</summary>
public sealed class SignupPageFacts(SignupPageFacts.Fixture gateway) : IClassFixture<SignupPageFacts.Fixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_signs_up_by_a_page_without_scripts_and_what_is_refused_stands_at_its_field()
    {
        string? sent = null;
        var asked = 0;
        gateway.Sidecar.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            if (context.Request.Method == "GET")
            {
                await context.Response.WriteAsync(JsonFormatter.Default.Format(new Signup { Id = "1-2", Status = asked++ == 0 ? ProcessStatus.Running : ProcessStatus.Compensated, Error = "SIGNUP_TAKEN" }), Token);
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            sent = await reader.ReadToEndAsync(Token);
            context.Response.StatusCode = sent.Contains("wrong", StringComparison.Ordinal) ? 400 : 200;
            await context.Response.WriteAsync(context.Response.StatusCode == 200 ? """{"id":"1-2"}""" : """{"code":"INVALID_ARGUMENT","detail":"x","errors":[{"field":"signup.adminEmail","message":"Use an e-mail address."}]}""", Token);
        };
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Rest };
        var page = await client.GetStringAsync(new Uri("/signup", UriKind.Relative), Token);
        Assert.All((string[])["name=\"values.email\" required", "autocomplete=\"country\"", "value=\"EUR\"", "name=\"website\" tabindex=\"-1\""], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        using var wrong = await SignUpAsync(client, ("values.email", "wrong\""));
        var refused = await wrong.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.All((string[])["aria-invalid=\"true\"", "Use an e-mail address.", "value=\"wrong&quot;\""], text => Assert.Contains(text, refused, StringComparison.Ordinal));
        using var good = await SignUpAsync(client, ("values.company_name", "Newcomer"), ("values.country", "de"), ("values.demo_data", "true"));
        Assert.Equal((HttpStatusCode.SeeOther, "/signup/1-2"), (good.StatusCode, good.Headers.Location?.OriginalString));
        var signup = JsonParser.Default.Parse<Signup>(sent);
        Assert.Equal(("Newcomer", "DE", true), (signup.CompanyName, signup.Country, signup.DemoData));
        // It is told at once, where it ends while one waits.
        using var told = await client.GetAsync(new Uri("/signup/1-2", UriKind.Relative), Token);
        Assert.Contains("is taken", await told.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal((2, "no-store"), (asked, told.Headers.CacheControl?.ToString()));
        // What only a machine fills in makes nothing, and the share of an address is that of the calls.
        sent = null;
        using var machine = await SignUpAsync(client, ("website", "x"));
        Assert.Equal((HttpStatusCode.TooManyRequests, null), (machine.StatusCode, sent));
    }

    private static async Task<HttpResponseMessage> SignUpAsync(HttpClient client, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value));
        return await client.PostAsync(new Uri("/signup", UriKind.Relative), form, Token);
    }

    public sealed class Fixture : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["SignupLimit:Burst"] = "2" };
    }
}
