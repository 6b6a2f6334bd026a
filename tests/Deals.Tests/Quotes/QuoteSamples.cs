using Platform.Deals.V1;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.QuotesService.QuotesServiceClient;

namespace Deals.Tests.Quotes;

internal static class QuoteSamples
{
    public static async Task<Quote> CreateAsync(this Client client, Quote quote) => await client.CreateQuoteAsync(new CreateQuoteRequest { Quote = quote }, cancellationToken: Token);

    public static async Task<Quote> GetAsync(this Client client, string id) => await client.GetQuoteAsync(new GetQuoteRequest { Id = id }, cancellationToken: Token);

    public static async Task<SentQuote> SendAsync(this Client client, string id) => await client.SendQuoteAsync(new SendQuoteRequest { Id = id }, cancellationToken: Token);

    public static async Task<Quote> ReviseAsync(this Client client, string id) => await client.ReviseQuoteAsync(new ReviseQuoteRequest { Id = id }, cancellationToken: Token);

    public static async Task<Quote> AcceptAsync(this Client client, string id) =>
        await client.AcceptQuoteAsync(new AcceptQuoteRequest { Id = id, SignerName = "Ann Buyer" }, cancellationToken: Token);

    /// <summary>The secret part of the page's address.</summary>
    public static string TokenOf(this SentQuote sent) => sent.Link["/q/".Length..];
}
