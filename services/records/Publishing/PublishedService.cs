using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Platform.Errors;

namespace Platform.Records.Publishing;

/// <summary>The RPC table of what anybody may read of a company's records.</summary>
internal sealed class PublishedService(IServiceScopeFactory scopes, TimeProvider time) : V1.PublishedService.PublishedServiceBase
{
    [AllowAnonymous]
    public override Task<V1.ListPublishedResponse> ListPublished(V1.ListPublishedRequest request, ServerCallContext context) =>
        Publishing.ListPublished.Handle(request, scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous]
    public override Task<V1.GetPublishedResponse> GetPublished(V1.GetPublishedRequest request, ServerCallContext context) =>
        Publishing.GetPublished.Handle(request, scopes, time, context.CancellationToken).Reply();

    [AllowAnonymous]
    public override Task<HttpBody> GetPublishedLogo(V1.GetPublishedLogoRequest request, ServerCallContext context) =>
        Publishing.GetPublishedLogo.Handle(request, scopes, context.CancellationToken).Reply();
}
