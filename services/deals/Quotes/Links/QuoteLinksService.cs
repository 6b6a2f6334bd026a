using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Platform.Errors;
using Platform.Idempotency;

namespace Platform.Deals.Quotes.Links;

/// <summary>The RPC table of what customers do by the link of a quote, which anybody may call who has the link.</summary>
internal sealed class QuoteLinksService(IServiceScopeFactory scopes, TimeProvider time) : V1.QuoteLinksService.QuoteLinksServiceBase
{
    [AllowAnonymous, SecretReply]
    public override Task<V1.LinkedQuote> OpenQuoteLink(V1.OpenQuoteLinkRequest request, ServerCallContext context) =>
        Links.OpenQuoteLink.Handle(request, scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous]
    public override Task<HttpBody> GetQuoteLinkDocument(V1.GetQuoteLinkDocumentRequest request, ServerCallContext context) =>
        Documents.GetQuoteLinkDocument.Handle(request, scopes, context.CancellationToken).Reply();

    [AllowAnonymous, SecretReply]
    public override Task<V1.LinkedQuote> AcceptQuoteLink(V1.AcceptQuoteLinkRequest request, ServerCallContext context) =>
        Links.AcceptQuoteLink.Handle(request, AddressOf(context), scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous, SecretReply]
    public override Task<V1.LinkedQuote> DeclineQuoteLink(V1.DeclineQuoteLinkRequest request, ServerCallContext context) =>
        Links.DeclineQuoteLink.Handle(request, AddressOf(context), scopes, time, context.CancellationToken).Reply();

    // The gateway writes whom it answers; nobody else is believed, since calls come through the sidecar only.
    private static string AddressOf(ServerCallContext context) =>
        context.GetHttpContext().Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: <= 64 } address ? address : "";
}
