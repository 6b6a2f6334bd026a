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
    public async Task What_cannot_be_mailed_is_not_sent_and_what_could_not_be_handed_over_is_told()
    {
        var quote = await DraftAsync("");
        await RefusedAsync(StatusCode.FailedPrecondition, "QUOTE_WITHOUT_EMAIL", async () => await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail() }, cancellationToken: Token));
        await RefusedAsync(StatusCode.InvalidArgument, "email.to[0]", async () => await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = new QuoteEmail { To = { "nobody" } } }, cancellationToken: Token));
        Assert.Equal(QuoteStatus.Draft, (await Quotes.GetQuoteAsync(new GetQuoteRequest { Id = quote.Id }, cancellationToken: Token)).Status);
        var mail = new QuoteEmail { To = { "late@customer.example" } };
        deals.Emails.IsAway = true;
        try
        {
            await RefusedAsync(StatusCode.Unavailable, "QUOTE_NOT_MAILED", async () => await Quotes.SendQuoteAsync(new SendQuoteRequest { Id = quote.Id, Email = mail }, cancellationToken: Token));
        }
        finally
        {
            deals.Emails.IsAway = false;
        }

        Assert.Equal(QuoteStatus.Sent, (await Quotes.GetQuoteAsync(new GetQuoteRequest { Id = quote.Id }, cancellationToken: Token)).Status);
        Assert.Equal(["late@customer.example"], (await Quotes.RenewQuoteLinkAsync(new RenewQuoteLinkRequest { Id = quote.Id, Email = mail }, cancellationToken: Token)).MailedTo);
    }

    private async Task<Quote> DraftAsync(string email)
    {
        var deal = await new DealsService.DealsServiceClient(deals.GrpcFor(_tenant, All)).CreateAsync(Deal(Line()));
        return await Quotes.CreateQuoteAsync(new CreateQuoteRequest { Quote = new Quote { DealId = deal.Id, Buyer = new QuoteParty { Name = "Customer", Email = email } } }, cancellationToken: Token);
    }
}
