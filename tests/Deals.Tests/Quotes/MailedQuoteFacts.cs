using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.QuotesService.QuotesServiceClient;

namespace Deals.Tests.Quotes;

/// <summary>A quote goes to the customer by e-mail, with its link and its document, and the timeline tells it.</summary>
public sealed class MailedQuoteFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Quotes => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task The_buyer_or_who_is_named_gets_the_link_and_the_document()
    {
        var quote = await DraftAsync("buyer@customer.example");
        var sent = await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail { Message = "As we said." } }, cancellationToken: Token);
        Assert.Equal(["buyer@customer.example"], sent.MailedTo);
        var mail = Assert.Single(deals.Emails.Sent, mail => mail.SourceId.StartsWith(quote.Id, StringComparison.Ordinal));
        Assert.Equal(("buyer@customer.example", "quote-sent", $"https://crm.example{sent.Link}", "As we said."), (mail.To, mail.Template, mail.Link, mail.Model.Fields["message"].StringValue));
        Assert.DoesNotContain(sent.Link, mail.Model.ToString() + mail.SourceId, StringComparison.Ordinal);
        var file = Assert.Single(mail.Attachments);
        Assert.Equal(($"{sent.Quote.Number}.pdf", "application/pdf", "%PDF"), (file.Name, file.ContentType, file.Content.ToStringUtf8()[..4]));
        var entry = Assert.Single(deals.Activities.Written, activity => activity.DealId == quote.DealId);
        Assert.Equal((ActivityKind.Email, $"Quote {sent.Quote.Number} sent to buyer@customer.example"), (entry.Kind, entry.Subject));
        // Another link to others; the first one leads nowhere any more.
        var again = await Quotes.RenewQuoteLinkAsync(new RenewQuoteLinkRequest { Id = quote.Id, Email = new QuoteEmail { To = { "a@customer.example", "b@customer.example", "A@customer.example" } } }, cancellationToken: Token);
        Assert.Equal(["a@customer.example", "b@customer.example"], again.MailedTo);
        Assert.Equal(3, deals.Emails.Sent.Where(one => one.SourceId.StartsWith(quote.Id, StringComparison.Ordinal)).Select(one => one.SourceId).Distinct().Count());
        Assert.Empty((await Quotes.SendAsync((await DraftAsync("")).Id)).MailedTo);
    }

    [Fact]
    public async Task What_cannot_be_mailed_is_not_sent_and_what_is_refused_is_told()
    {
        var quote = await DraftAsync("");
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_WITHOUT_EMAIL", async () => await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail() }, cancellationToken: Token));
        await RefusedAsync(StatusCode.InvalidArgument, "email.to[0]", async () => await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail { To = { "nobody" } } }, cancellationToken: Token));
        Assert.Equal(QuoteStatus.Draft, (await Quotes.GetQuoteAsync(new GetQuoteRequest { Id = quote.Id }, cancellationToken: Token)).Status);
        var mail = new QuoteEmail { To = { $"{quote.Id}@customer.example" } };
        deals.Emails.Refused = mail.To[0];
        await RefusedAsync(StatusCode.Unavailable, "QUOTE_NOT_MAILED", async () => await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = mail }, cancellationToken: Token));
        deals.Emails.Refused = null;
        Assert.Equal(QuoteStatus.Sent, (await Quotes.GetQuoteAsync(new GetQuoteRequest { Id = quote.Id }, cancellationToken: Token)).Status);
        Assert.Equal(mail.To, (await Quotes.RenewQuoteLinkAsync(new RenewQuoteLinkRequest { Id = quote.Id, Email = mail }, cancellationToken: Token)).MailedTo);
    }

    [Fact]
    public async Task What_cannot_be_handed_over_now_goes_later_by_the_link_that_holds_then_and_nothing_of_it_is_kept()
    {
        var quote = await DraftAsync("late@customer.example");
        deals.Emails.IsAway = true;
        try
        {
            Assert.Equal(["late@customer.example"], (await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail() }, cancellationToken: Token)).MailedTo);
            Assert.Equal(["late@customer.example"], (await Quotes.RenewQuoteLinkAsync(new RenewQuoteLinkRequest { Id = quote.Id, Email = new QuoteEmail { Message = "Later" } }, cancellationToken: Token)).MailedTo);
        }
        finally
        {
            deals.Emails.IsAway = false;
        }

        await DueAsync(quote.Id);
        var mail = Assert.Single(deals.Emails.Sent, one => one.SourceId.StartsWith(quote.Id, StringComparison.Ordinal));
        Assert.Equal("Later", mail.Model.Fields["message"].StringValue);
        Assert.Single(deals.Activities.Written, activity => activity.DealId == quote.DealId);
        Assert.Equal(0, await deals.Database.QueryAsync<long>($"SELECT count(*) FROM quote_links WHERE quote_id = '{quote.Id}' AND waiting_mail IS NOT NULL"));
    }

    [Fact]
    public async Task Whom_it_was_handed_over_to_is_told_whatever_becomes_of_the_others_and_of_the_timeline()
    {
        var quote = await DraftAsync("");
        var mail = new QuoteEmail { To = { "taken@customer.example", $"{quote.Id}@customer.example" } };
        (deals.Emails.Refused, deals.Activities.IsAway) = ($"{quote.Id}@customer.example", true);
        try
        {
            var sent = await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = mail }, cancellationToken: Token);
            Assert.Equal(["taken@customer.example"], sent.MailedTo);
            Assert.Equal($"https://crm.example{sent.Link}", Assert.Single(deals.Emails.Sent, one => one.SourceId.StartsWith(quote.Id, StringComparison.Ordinal)).Link);
            deals.Activities.IsAway = false;
            await DueAsync(quote.Id);
            Assert.Equal("taken@customer.example", Assert.Single(deals.Activities.Written, activity => activity.DealId == quote.DealId).Body);
            Assert.Single(deals.Emails.Sent.Where(one => one.SourceId.StartsWith(quote.Id, StringComparison.Ordinal)).DistinctBy(one => one.SourceId));
        }
        finally
        {
            (deals.Emails.Refused, deals.Activities.IsAway) = (null, false);
        }
    }

    [Fact]
    public async Task Whoever_may_not_see_all_of_the_document_mails_none()
    {
        var (quote, user) = (await DraftAsync("buyer@customer.example"), Guid.CreateVersion7());
        deals.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { All },
            Policies = { new Platform.Tenants.V1.AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No totals", Resource = "deals.quote", FieldRules = { new Platform.Tenants.V1.FieldRule { Path = "total", Access = Platform.Tenants.V1.FieldAccess.Hidden } } } },
        });
        Client narrow = new(deals.Grpc(TestTokens.ForPerson(_tenant, user)));
        await RefusedAsync(StatusCode.PermissionDenied, "QUOTE_FIELDS_HIDDEN", async () => await narrow.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail() }, cancellationToken: Token));
        Assert.Equal(QuoteStatus.Draft, (await Quotes.GetQuoteAsync(new GetQuoteRequest { Id = quote.Id }, cancellationToken: Token)).Status);
        Assert.Empty((await narrow.SendAsync(quote.Id)).MailedTo);
    }

    // Until what waits is handed over, as if a minute had passed.
    private async Task DueAsync(string quote)
    {
        await deals.Database.ExecuteAsync($"UPDATE quote_mails SET due_time = now() - interval '1 day' WHERE quote_id = '{quote}'");
        await Eventually.HoldsAsync(async () => await deals.Database.QueryAsync<long>($"SELECT count(*) FROM quote_mails WHERE quote_id = '{quote}'") == 0, TimeSpan.FromSeconds(30));
    }

    private async Task<Quote> DraftAsync(string email)
    {
        var deal = await new DealsService.DealsServiceClient(deals.GrpcFor(_tenant, All)).CreateAsync(Deal(Line()));
        return await Quotes.CreateQuoteAsync(new CreateQuoteRequest { Quote = new Quote { DealId = deal.Id, Buyer = new QuoteParty { Name = "Customer", Email = email } } }, cancellationToken: Token);
    }
}
