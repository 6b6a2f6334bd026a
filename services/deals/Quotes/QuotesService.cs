using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Deals.Lines;
using Platform.Deals.Quotes.Sending;
using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Idempotency;
using Platform.Monetary.Rates;

namespace Platform.Deals.Quotes;

/// <summary>The RPC table of quotes.</summary>
internal sealed class QuotesService(DealsDbContext db, Buyers buyers, Catalog catalog, Sellers sellers, QuoteMails mails, StageDirectory stages, ReportingRates rates, TimeProvider time) : V1.QuotesService.QuotesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListQuotesResponse> ListQuotes(V1.ListQuotesRequest request, ServerCallContext context) =>
        Quotes.ListQuotes.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListQuotesResponse> ListDealQuotes(V1.ListDealQuotesRequest request, ServerCallContext context) =>
        Quotes.ListDealQuotes.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportQuotes(V1.ExportQuotesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Quotes.ExportQuotes.Handle(request, responseStream, db, time, context);

    [Permission(Permissions.Read)]
    public override Task<V1.Quote> GetQuote(V1.GetQuoteRequest request, ServerCallContext context) =>
        Quotes.GetQuote.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<HttpBody> GetQuoteDocument(V1.GetQuoteDocumentRequest request, ServerCallContext context) =>
        Documents.GetQuoteDocument.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Quote> CreateQuote(V1.CreateQuoteRequest request, ServerCallContext context) =>
        Quotes.CreateQuote.Handle(request, db, buyers, catalog, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Quote> UpdateQuote(V1.UpdateQuoteRequest request, ServerCallContext context) =>
        Quotes.UpdateQuote.Handle(request, db, catalog, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteQuote(V1.DeleteQuoteRequest request, ServerCallContext context) =>
        Quotes.DeleteQuote.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Send), SecretReply]
    public override Task<V1.SentQuote> SendQuote(V1.SendQuoteRequest request, ServerCallContext context) =>
        Sending.SendQuote.Handle(request, db, sellers, mails, time, context.CancellationToken).Reply();

    [Permission(Permissions.Send), SecretReply]
    public override Task<V1.SentQuote> RenewQuoteLink(V1.RenewQuoteLinkRequest request, ServerCallContext context) =>
        Sending.RenewQuoteLink.Handle(request, db, mails, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Quote> ReviseQuote(V1.ReviseQuoteRequest request, ServerCallContext context) =>
        Quotes.ReviseQuote.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Quote> AcceptQuote(V1.AcceptQuoteRequest request, ServerCallContext context) =>
        Quotes.AcceptQuote.Handle(request, db, stages, rates, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Quote> DeclineQuote(V1.DeclineQuoteRequest request, ServerCallContext context) =>
        Quotes.DeclineQuote.Handle(request, db, time, context.CancellationToken).Reply();
}
