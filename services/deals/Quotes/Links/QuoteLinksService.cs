using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Platform.Auditing;
using Platform.Errors;
using Platform.Idempotency;

namespace Platform.Deals.Quotes.Links;

/// <summary>The RPC table of what customers do by the link of a quote, which anybody may call who has the link.</summary>
internal sealed class QuoteLinksService(IServiceScopeFactory scopes, AuditOrigin origin, TimeProvider time) : V1.QuoteLinksService.QuoteLinksServiceBase
{
    [AllowAnonymous, SecretReply]
    public override Task<V1.LinkedQuote> OpenQuoteLink(V1.OpenQuoteLinkRequest request, ServerCallContext context) =>
        Links.OpenQuoteLink.Handle(request, scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous, SecretReply]
    public override Task<HttpBody> GetQuoteLinkDocument(V1.GetQuoteLinkDocumentRequest request, ServerCallContext context) =>
        Documents.GetQuoteLinkDocument.Handle(request, scopes, context.CancellationToken).Reply();

    [AllowAnonymous, SecretReply]
    public override Task<HttpBody> GetQuoteLinkLogo(V1.GetQuoteLinkLogoRequest request, ServerCallContext context) =>
        Links.GetQuoteLinkLogo.Handle(request, scopes, context.CancellationToken).Reply();

    [AllowAnonymous, SecretReply]
    public override Task<V1.LinkedQuote> AcceptQuoteLink(V1.AcceptQuoteLinkRequest request, ServerCallContext context) =>
        Links.AcceptQuoteLink.Handle(request, origin.ClientAddress, scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous, SecretReply]
    public override Task<V1.LinkedQuote> DeclineQuoteLink(V1.DeclineQuoteLinkRequest request, ServerCallContext context) =>
        Links.DeclineQuoteLink.Handle(request, origin.ClientAddress, scopes, time, context.CancellationToken).Reply();
}
