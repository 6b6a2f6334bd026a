using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A quote comes to the customer's inbox, and its link leads to the page.</summary>
public sealed class MailedQuoteFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_gets_a_quote_by_mail_with_its_document_and_opens_it_by_the_link()
    {
        using var alice = await stack.HttpForAliceAsync();
        var (address, line) = ($"quote-{Guid.NewGuid():N}@customer.example", new { description = "Pump", quantity = "1", unitPrice = new { currency = "EUR", amount = "100.00" }, taxRate = "20" });
        var company = await SendAsync(alice, "/api/v1/contacts/companies", new { name = "Mailed customer", email = address });
        var deal = await SendAsync(alice, "/api/v1/deals", new { name = "Mailed", companyId = company.GetProperty("id").GetString(), currency = "EUR", lineItems = new[] { line } });
        var quote = await SendAsync(alice, "/api/v1/quotes", new { dealId = deal.GetProperty("id").GetString() });
        var sent = await SendAsync(alice, $"/api/v1/quotes/{quote.GetProperty("id").GetString()}:send", new { email = new { message = "As we said." } });
        Assert.Equal(address, Assert.Single(sent.GetProperty("mailedTo").EnumerateArray()).GetString());
        var link = new Uri(stack.Gateway, sent.GetProperty("link").GetString()).AbsoluteUri;

        using var inbox = new HttpClient { BaseAddress = stack.Mail };
        JsonElement mail = default;
        await Eventually.HoldsAsync(async () =>
        {
            var found = (await inbox.GetFromJsonAsync<JsonElement>($"/api/v1/messages?to={address}", Token)).GetProperty("messages");
            if (found.GetArrayLength() == 0)
                return false;
            mail = await inbox.GetFromJsonAsync<JsonElement>($"/api/v1/messages/{found[0].GetProperty("id").GetString()}", Token);
            return true;
        }, TimeSpan.FromSeconds(30));
        Assert.Contains(link, mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("As we said.", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("application/pdf", Assert.Single(mail.GetProperty("attachments").EnumerateArray()).GetProperty("contentType").GetString());
        using (var page = await inbox.GetAsync(new Uri(link), Token))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var timeline = await alice.GetFromJsonAsync<JsonElement>($"/api/v1/contacts/activities?dealId={deal.GetProperty("id").GetString()}", Token);
        Assert.Contains(timeline.GetProperty("activities").EnumerateArray(), entry => entry.GetProperty("subject").GetString()!.EndsWith($"sent to {address}", StringComparison.Ordinal));
        // Nobody in the company learns the link from what is kept of the message.
        Assert.DoesNotContain(link, await alice.GetStringAsync(new Uri($"/api/v1/communications/emails?to={address}", UriKind.Relative), Token), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body), Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
